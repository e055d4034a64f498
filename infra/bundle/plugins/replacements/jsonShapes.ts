import { fromBase64, generateIdempotencyToken, parseEpochTimestamp } from '@smithy/core/serde'

/**
 * A schema as the clients of the SDK declare it: a number for a simple type (64 added: a list of it, 128: a map);
 * a shape; a function of it, where shapes refer to each other; or a pair with the traits of a member.
 */
export type SchemaRef = number | 'unit' | Shape | Member | (() => SchemaRef)
type Member = readonly [SchemaRef, number | Record<string, unknown>]
/** Kind (1 list, 2 map, 3 structure, 4 union), namespace, name, traits and then what the kind needs. */
type Shape = readonly [kind: number, namespace: string, name: string, traits: unknown, ...more: unknown[]]
type Fields = Record<string, unknown>
type Attribute = Readonly<Record<string, unknown>>

const blob = 21
const timestamps = new Set([4, 7])
const idempotencyToken = 4

const isMember = (ref: SchemaRef): ref is Member => Array.isArray(ref) && ref.length === 2
const isAttribute = (shape: Shape): boolean => shape[2] === 'AttributeValue'

/** Without names that stand for something else; a simple type with a name of its own is that type. */
function plain(ref: SchemaRef): number | 'unit' | Shape {
  if (typeof ref === 'function') return plain(ref())
  if (typeof ref !== 'object') return ref
  if (isMember(ref)) return plain(ref[0])
  return ref[0] === 0 ? plain(ref[4] as SchemaRef) : ref
}

/** The schema of the elements of a list or map; `undefined` of anything else. */
function elementOf(schema: ReturnType<typeof plain>): SchemaRef | undefined {
  if (typeof schema === 'number') return schema >= 64 ? schema & 63 : undefined
  return schema[0] === 1 || schema[0] === 2 ? (schema[schema[0] + 3] as SchemaRef) : undefined
}

const membersOf = (shape: Shape): [string, SchemaRef][] =>
  (shape[4] as string[]).map((name, n) => [name, (shape[5] as SchemaRef[])[n] as SchemaRef])

const isToken = (ref: SchemaRef): boolean => {
  if (!isMember(ref)) return false
  const [, traits] = ref
  return typeof traits === 'number' ? (traits & idempotencyToken) > 0 : Boolean(traits.idempotencyToken)
}

const present = (value: unknown): boolean => value !== null && value !== undefined
const base64 = (value: unknown): string => Buffer.from(value as Uint8Array).toString('base64')

/** Each value of a record changed; absent ones are left out, as those of a list are. */
const changed = (record: object, change: (value: unknown, key: string) => unknown): Fields =>
  Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (present(value) ? [[key, change(value, key)]] : [])),
  )

/** What `JSON.stringify` shall write for `value`: members that the schema has not are left out. */
export function toWire(ref: SchemaRef, value: unknown): unknown {
  const schema = plain(ref)
  if (schema === 'unit') return {}
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (schema === blob) return base64(value)
  if (value instanceof Date) return value.getTime() / 1000
  if (typeof value !== 'object' || value === null) return value
  const element = elementOf(schema)
  if (element !== undefined) {
    const write = (one: unknown) => toWire(element, one)
    return Array.isArray(value) ? value.filter(present).map(write) : changed(value, write)
  }
  if (typeof schema === 'number') return value
  return isAttribute(schema) ? attributeToWire(value as Attribute) : structureToWire(schema, value as Fields)
}

const structureToWire = (shape: Shape, value: Fields): Fields =>
  Object.fromEntries(
    membersOf(shape).flatMap(([name, ref]) => {
      const given = value[name] ?? (isToken(ref) ? generateIdempotencyToken() : undefined)
      return given === undefined ? [] : [[name, toWire(ref, given)]]
    }),
  )

const writers: Readonly<Record<string, (value: unknown) => unknown>> = {
  B: base64,
  BS: (all) => (all as unknown[]).map(base64),
  L: (all) => (all as (Attribute | null)[]).map((one) => one && attributeToWire(one)),
  M: (all) => changed(all as object, (one) => attributeToWire(one as Attribute)),
}

const attributeToWire = (value: Attribute): Attribute =>
  changed(value, (one, kind) => writers[kind]?.(one) ?? one)

/** What a program sees of a parsed answer. */
export function fromWire(ref: SchemaRef, value: unknown): unknown {
  const schema = plain(ref)
  if (typeof schema === 'number' && timestamps.has(schema)) return parseEpochTimestamp(value as number)
  if (schema === blob && typeof value === 'string') return fromBase64(value)
  if (typeof value !== 'object' || value === null || schema === 'unit') return value
  const element = elementOf(schema)
  if (element !== undefined) return readEach(value as Fields, (one) => fromWire(element, one))
  if (typeof schema === 'number') return value
  return isAttribute(schema) ? attributeFromWire(value as Fields) : structureFromWire(schema, value as Fields)
}

/** Changes a list or a record in place: it has just been parsed, and belongs to nobody else. */
function readEach(container: Fields, read: (value: unknown) => unknown): Fields {
  for (const key of Object.keys(container)) container[key] = read(container[key])
  return container
}

function structureFromWire(shape: Shape, value: Fields): Fields {
  const found = membersOf(shape).filter(([name]) => present(value[name]))
  return Object.fromEntries(found.map(([name, ref]) => [name, fromWire(ref, value[name])]))
}

function attributeFromWire(value: Fields): Fields {
  if (typeof value.B === 'string') value.B = fromBase64(value.B)
  if (value.BS) value.BS = (value.BS as string[]).map((one) => fromBase64(one))
  for (const nested of [value.L, value.M]) {
    if (nested) readEach(nested as Fields, (one) => attributeFromWire(one as Fields))
  }
  return value
}
