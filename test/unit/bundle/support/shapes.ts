import type { NormalizedSchema } from '@smithy/core/schema'
import fc from 'fast-check'

/** Whether values are made as programs give them or as they stand in JSON. */
export type Side = 'given' | 'wire'
type Values = fc.Arbitrary<unknown>

/** Any UTF-16, halves of pairs and quotes included, and now and then a name that is special in JavaScript. */
const units = fc
  .array(
    fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x22, 0x5c, 0xd83d, 0xdca1, 0x0a, 0x61)),
    { maxLength: 8 },
  )
  .map((all) => String.fromCharCode(...all))
const text = fc.oneof({ weight: 9, arbitrary: units }, fc.constantFrom('constructor', 'length', ''))
const bytes = fc.uint8Array({ maxLength: 5 })
const binary = (side: Side): Values =>
  side === 'given' ? bytes : bytes.map((all) => Buffer.from(all).toString('base64'))
const second = fc.integer({ min: -1_000_000, max: 4_000_000_000_000 }).map((all) => all / 1000)
const time = (side: Side): Values => (side === 'given' ? second.map((all) => new Date(all * 1000)) : second)
const number = (side: Side): Values =>
  fc.oneof(fc.integer(), fc.double(side === 'given' ? {} : { noNaN: true, noDefaultInfinity: true }))
const sometimes = (values: Values): Values => fc.option(values, { nil: null, freq: 8 })

/** JSON as it is; numbers that JavaScript can hold, as the SDK reads others as objects of its own. */
const { documents } = fc.letrec<{ documents: unknown }>((again) => ({
  documents: fc.oneof(
    { maxDepth: 3 },
    ...[text, fc.integer(), fc.boolean(), fc.constant(null)],
    ...[
      fc.array(again('documents'), { maxLength: 3 }),
      fc.dictionary(text, again('documents'), { maxKeys: 3 }),
    ],
  ),
}))

/** Values that a schema of the SDK allows. @throws for a schema that these tests, and hence our codec, do not know */
export function valuesOf(schema: NormalizedSchema, side: Side, depth = 4): Values {
  if (schema.getMergedTraits().sparse || schema.getMergedTraits().mediaType)
    throw new Error(`${schema.getName(true)} has traits that our codec does not know`)
  if (schema.isUnitSchema()) return fc.constant({})
  if (schema.isStructSchema()) return structuresOf(schema, side, depth)
  if (schema.isListSchema())
    return fc.array(sometimes(valuesOf(schema.getValueSchema(), side, depth - 1)), { maxLength: 3 })
  if (schema.isMapSchema())
    return fc.dictionary(text, sometimes(valuesOf(schema.getValueSchema(), side, depth - 1)), { maxKeys: 3 })
  if (schema.isStringSchema()) return text
  if (schema.isBooleanSchema()) return fc.boolean()
  if (schema.isNumericSchema()) return number(side)
  if (schema.isDocumentSchema()) return documents
  if (schema.isBlobSchema()) return binary(side)
  if (schema.getSchema() === 4 || schema.getSchema() === 7) return time(side)
  throw new Error(`${schema.getName(true)} has a type that our codec does not know: ${schema.getSchema()}`)
}

function structuresOf(schema: NormalizedSchema, side: Side, depth: number): Values {
  if (schema.getName() === 'AttributeValue') return attributes(side, depth)
  if (schema.isUnionSchema()) throw new Error(`${schema.getName(true)}: our codec knows no such union`)
  if (depth <= 0) return fc.constant({})
  const members = [...schema.structIterator()].map(([name, member]) => {
    const values = valuesOf(member, side, depth - 1)
    // The original writes broken JSON for a token that is null; none is.
    return [name, member.isIdempotencyToken() ? values : sometimes(values)] as const
  })
  return fc.record(Object.fromEntries([...members, ['NoSuchMember', text]]), { requiredKeys: [] })
}

/** Attribute values of DynamoDB, nested ones among them. */
function attributes(side: Side, depth: number): Values {
  const flat = [
    fc.record({ S: text }),
    fc.record({ N: fc.integer().map(String) }),
    fc.record({ B: binary(side) }),
    fc.record({ BOOL: fc.boolean() }),
    fc.constant({ NULL: true }),
    fc.record({ SS: fc.array(text, { minLength: 1, maxLength: 3 }) }),
    fc.record({ BS: fc.array(binary(side), { minLength: 1, maxLength: 3 }) }),
  ]
  if (depth <= 0) return fc.oneof(...flat)
  const inner = attributes(side, depth - 1)
  const nested = [
    fc.record({ L: fc.array(inner, { maxLength: 3 }) }),
    fc.record({ M: fc.dictionary(text, inner, { maxKeys: 3 }) }),
  ]
  return fc.oneof(...flat, ...nested)
}
