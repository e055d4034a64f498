import type * as z from 'zod/mini'
import { type IdKind, idPrefixes } from '../../../shared/api/schemas/ids.ts'
import { definitionOf, patternsOf, sampleOf } from './schema.ts'

/** `key`: the human id of a task. */
export type NamedKind = IdKind | 'key'

/** A place of a request that takes an id: where it is, of what, and the request with another id there. */
export interface IdField {
  readonly pointer: string
  readonly kind: NamedKind
  readonly put: (value: unknown, id: string) => unknown
}

const kinds = Object.entries(idPrefixes) as [IdKind, string][]

const kindOf = (pattern: string): NamedKind | undefined => {
  if (pattern.startsWith('^[0-9a-f]{8}(-')) return 'user'
  if (pattern.startsWith('^[A-Z][A-Z0-9]{1,9}-')) return 'key'
  return kinds.find(([, prefix]) => pattern.startsWith(`^${prefix}_`))?.[0]
}

const objectFrom = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const inObject = (schema: z.ZodMiniType): IdField[] => {
  const { shape = {} } = definitionOf(schema)
  /** In a union the members of another form have to go. */
  const fitting = (value: unknown) => {
    const known = Object.entries(objectFrom(value)).filter(([name]) => Object.hasOwn(shape, name))
    return { ...objectFrom(sampleOf(schema)), ...Object.fromEntries(known) }
  }
  return Object.entries(shape).flatMap(([name, member]) =>
    idFieldsOf(member).map(({ pointer, kind, put }) => ({
      pointer: `/${name}${pointer}`,
      kind,
      put: (value, id) => ({ ...fitting(value), [name]: put(objectFrom(value)[name], id) }),
    })),
  )
}

const inArray = (element: z.ZodMiniType): IdField[] =>
  idFieldsOf(element).map(({ pointer, kind, put }) => ({
    pointer: `/0${pointer}`,
    kind,
    put: (value, id) => {
      const [first, ...others] = Array.isArray(value) ? value : []
      return [put(first, id), ...others]
    },
  }))

const inKeys = (keyType: z.ZodMiniType, valueType: z.ZodMiniType): IdField[] =>
  idFieldsOf(keyType).map(({ kind }) => ({
    pointer: '/*',
    kind,
    // Where `null` takes an entry out, one is put in.
    put: (value, id) => ({
      ...objectFrom(value),
      [id]: sampleOf(definitionOf(valueType).innerType ?? valueType) ?? 'x',
    }),
  }))

const inText = (schema: z.ZodMiniType): IdField[] =>
  patternsOf(schema).flatMap((pattern) => {
    const kind = kindOf(pattern)
    // A filter is an id with a value behind it.
    const put = (_: unknown, id: string) => (pattern.endsWith(':') ? `${id}:x` : id)
    return kind === undefined ? [] : [{ pointer: '', kind, put }]
  })

/** Every place of a schema that takes an id, found by the forms of ids. */
export const idFieldsOf = (schema: z.ZodMiniType): IdField[] => {
  const { type, element, innerType, out, options = [], keyType, valueType } = definitionOf(schema)
  if (type === 'object') return inObject(schema)
  if (type === 'string') return inText(schema)
  if (element !== undefined) return inArray(element)
  if (keyType !== undefined && valueType !== undefined) return inKeys(keyType, valueType)
  if (innerType !== undefined) return idFieldsOf(innerType)
  if (out !== undefined) return idFieldsOf(out)
  return options.flatMap(idFieldsOf)
}
