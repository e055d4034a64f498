import type * as z from 'zod/mini'

/** What is looked at of a zod schema: its kind, and the schemas inside. */
export interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>
  readonly element?: z.ZodMiniType
  readonly innerType?: z.ZodMiniType
  readonly in?: z.ZodMiniType
  readonly out?: z.ZodMiniType
  readonly options?: readonly z.ZodMiniType[]
  readonly keyType?: z.ZodMiniType
  readonly valueType?: z.ZodMiniType
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly unknown[]
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly pattern?: RegExp } } }[]
}

export const definitionOf = (schema: z.ZodMiniType): Definition => schema._zod.def as unknown as Definition

/** Regular expressions that a string must match. */
export const patternsOf = (schema: z.ZodMiniType): string[] =>
  (definitionOf(schema).checks ?? []).flatMap(({ _zod }) => _zod.def.pattern?.source ?? [])

type Sample = (of: Definition) => unknown

const samples: Readonly<Record<string, Sample>> = {
  string: () => 'x',
  number: () => 1,
  int: () => 1,
  boolean: () => true,
  array: () => [],
  record: () => ({}),
  nullable: () => null,
  enum: ({ entries = {} }) => Object.values(entries)[0],
  literal: ({ values = [] }) => values[0],
  union: ({ options: [first] = [] }) => first && sampleOf(first),
  object: ({ shape = {} }) => sampleObject(shape),
}

const mayBeAbsent = (schema: z.ZodMiniType): boolean =>
  ['optional', 'default'].includes(definitionOf(schema).type)

const sampleObject = (shape: Readonly<Record<string, z.ZodMiniType>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([name, member]) =>
      mayBeAbsent(member) ? [] : [[name, sampleOf(member)]],
    ),
  )

/** A value of about the right form, where a body has none. */
export const sampleOf = (schema: z.ZodMiniType): unknown => {
  const of = definitionOf(schema)
  const sample = samples[of.type]
  if (sample === undefined) throw new Error(`no sample of a ${of.type}`)
  return sample(of)
}

/** Names of the members that a body may have, in any of its forms. */
export const membersOf = (schema: z.ZodMiniType): string[] => {
  const { shape, options = [] } = definitionOf(schema)
  return shape === undefined ? [...new Set(options.flatMap(membersOf))] : Object.keys(shape)
}

/** Shapes of the objects that a value may be, or that stand in a list. */
const shapesOf = (schema: z.ZodMiniType): Readonly<Record<string, z.ZodMiniType>>[] => {
  const { shape, element, innerType, out, options = [] } = definitionOf(schema)
  if (shape !== undefined) return [shape]
  const inner = element ?? innerType ?? out
  return inner === undefined ? options.flatMap(shapesOf) : shapesOf(inner)
}

/** Whether a schema declares a member, by the names on the way to it; numbers on the way are places in lists. */
export const hasMember = (schema: z.ZodMiniType, path: readonly string[]): boolean => {
  const [name, ...rest] = path.filter((part) => !/^\d+$/.test(part))
  return shapesOf(schema).some((shape) => {
    const member = name === undefined ? undefined : shape[name]
    return member !== undefined && (rest.length === 0 || hasMember(member, rest))
  })
}

const innermost = (schema: z.ZodMiniType): z.ZodMiniType => {
  const { innerType, out } = definitionOf(schema)
  const inner = innerType ?? out
  return inner === undefined ? schema : innermost(inner)
}

/** Pointers of all members that a schema declares, however deep: `/0` for whatever stands in a list. */
export const pointersOf = (schema: z.ZodMiniType): string[] => {
  const { shape, element, options = [] } = definitionOf(innermost(schema))
  if (element !== undefined) return pointersOf(element).map((pointer) => `/0${pointer}`)
  if (shape === undefined) return [...new Set(options.flatMap(pointersOf))]
  return Object.entries(shape).flatMap(([name, member]) => [
    `/${name}`,
    ...pointersOf(member).map((pointer) => `/${name}${pointer}`),
  ])
}
