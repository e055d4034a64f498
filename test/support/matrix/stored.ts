import { paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { App } from '../app.ts'

type Members = Map<string, unknown>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members named by people or by ids are no fields. */
const isField = (name: string): boolean => /^[a-zA-Z]{2,30}$/.test(name)

/** Names of the members of a value and of what is in it, each with what stands there, where that says something. */
const gather = (value: unknown, into: Members): void => {
  if (Array.isArray(value)) for (const one of value) gather(one, into)
  if (!isObject(value)) return
  for (const [name, member] of Object.entries(value)) {
    if (isField(name) && (into.get(name) ?? null) === null) into.set(name, member)
    gather(member, into)
  }
}

/** Every field that any stored item has, keys and indexes included, with a value that it really has. */
export const storedFields = async ({ engine }: App): Promise<ReadonlyMap<string, unknown>> => {
  const fields: Members = new Map()
  for await (const { Items = [] } of paginateScan(
    { client: engine.client },
    { TableName: engine.tableName },
  )) {
    for (const item of Items) gather(unmarshall(item), fields)
  }
  return fields
}

/** A place in a JSON value: the names on the way. */
export type Path = readonly (string | number)[]

/** Paths of all objects in a body, the body itself first; not into what is the caller's own to fill. */
export const objectsIn = (value: unknown): Path[] => {
  if (Array.isArray(value)) return objectsIn(value[0]).map((path) => [0, ...path])
  if (!isObject(value)) return []
  const inner = Object.entries(value).filter(([name]) => name !== 'metadata' && name !== 'customFields')
  return [[], ...inner.flatMap(([name, member]) => objectsIn(member).map((path) => [name, ...path]))]
}

export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((found, name) => (found as Record<string | number, unknown>)[name], value)

/** The value with one more member in the object at a path. */
export const withMember = (value: unknown, path: Path, name: string, member: unknown): unknown => {
  const copy = structuredClone(value)
  Object.assign(valueAt(copy, path) as object, { [name]: member })
  return copy
}
