import { sample, stringMatching } from 'fast-check'
import * as z from 'zod/mini'

type JsonSchema = z.core.JSONSchema.BaseSchema

const formats: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'dry.run@example.com',
  date: '2030-01-15',
  'date-time': '2030-01-15T09:00:00Z',
  uri: 'https://example.com/',
}

/** Also takes the place of passwords: long enough, with capitals, digits and signs. */
const text = 'Sample text, 1234'

/** The smallest value that a schema takes, as far as its JSON Schema tells: required fields, first choices. */
export function sampleOf(schema: z.core.$ZodType): unknown {
  return sampleValue(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
}

function sampleValue(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const
  const [first] = schema.examples ?? schema.enum ?? []
  if (first !== undefined) return first
  const [option] = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[]
  if (option) return sampleValue(option)
  if (schema.type === 'object') return objectOf(schema)
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleValue(schema.items as JsonSchema))
  if (schema.type === 'string') return stringOf(schema)
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  return schema.type === 'boolean' ? true : null
}

function stringOf({ format = '', pattern, minLength = 0, maxLength }: JsonSchema): string {
  if (formats[format]) return formats[format]
  // The seed makes it the same string each time.
  const [matching] = pattern ? sample(stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 }) : []
  return matching ?? text.padEnd(minLength, '.').slice(0, maxLength)
}

function objectOf({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(required.map((key) => [key, sampleValue(properties[key] as JsonSchema)]))
}
