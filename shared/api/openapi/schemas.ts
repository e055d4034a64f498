/** JSON Schemas of the declarations. Only the OpenAPI document needs them: `toJSONSchema` is large. */
import * as z from 'zod/mini'
import type { RouteDeclaration } from '../declaration.ts'
import * as checklist from '../schemas/checklist.ts'
import * as jobs from '../schemas/jobs.ts'
import * as people from '../schemas/people.ts'
import * as problem from '../schemas/problem.ts'
import * as project from '../schemas/project.ts'
import * as record from '../schemas/record.ts'
import * as task from '../schemas/task.ts'
import * as timeEntry from '../schemas/timeEntry.ts'

export type Json = { readonly [member: string]: unknown }
type Schema = z.core.$ZodType

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Schemas are named as the modules export them: `taskCreate` is TaskCreate. */
const exported = new Map<unknown, string>(
  [checklist, jobs, people, problem, project, record, task, timeEntry].flatMap((module) =>
    Object.entries(module).map(([name, schema]) => [schema, capitalised(name)] as const),
  ),
)

/** What the items of a page are, or `undefined` for what is no page. */
const itemOf = (schema: Schema): Schema | undefined => {
  const { shape } = schema._zod.def as { shape?: { items?: Schema } }
  return (shape?.items?._zod.def as { element?: Schema } | undefined)?.element
}

/** Name of a body or reply among the components; one that no module exports is named after its route. */
export const nameOf = (schema: Schema, routeName: string): string => {
  const item = itemOf(schema)
  const name = exported.get(schema) ?? (item && `${exported.get(item) ?? capitalised(routeName)}Page`)
  return name ?? `${capitalised(routeName)}Reply`
}

export const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const withoutMarks = (schema: Json): Json => {
  const { $schema: _, $id: __, ...rest } = schema
  return rest
}

/** Formats say it shorter than the patterns that check them, and the bounds of exact integers say nothing. */
const override = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  // A list in a query stands comma-separated, and so does its default.
  if (jsonSchema.type === 'string' && Array.isArray(jsonSchema.default)) {
    jsonSchema.default = jsonSchema.default.join(',')
  }
}

/** Named schemas, each other's parts by reference. `input`: as sent by clients; `output`: as answered. */
const convert = (named: ReadonlyMap<string, Schema>, io: 'input' | 'output'): Record<string, Json> => {
  const registry = z.registry<{ id?: string }>()
  for (const [id, schema] of named) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io,
    override,
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, withoutMarks(schema as Json)]),
  )
}

const isJson = ({ reply }: RouteDeclaration): boolean => reply.mediaType === undefined

/** `components.schemas`: the problem document, every body and every reply. */
export const componentSchemas = (routes: readonly RouteDeclaration[]): Record<string, Json> => {
  const bodies = new Map<string, Schema>()
  const replies = new Map<string, Schema>([[nameOf(problem.problem, ''), problem.problem]])
  for (const route of routes) {
    const { name, body, reply } = route
    if (body && !isEmpty(body)) bodies.set(nameOf(body, name), body)
    if (reply.schema === undefined || !isJson(route)) continue
    const item = itemOf(reply.schema)
    if (item && exported.has(item)) replies.set(nameOf(item, name), item)
    replies.set(nameOf(reply.schema, name), reply.schema)
  }
  return { ...convert(bodies, 'input'), ...convert(replies, 'output') }
}

/** Whether a schema takes an object without members, hence nothing that would have to be sent. */
export const isEmpty = (schema: Schema): boolean => {
  const { shape } = schema._zod.def as { shape?: object }
  return shape !== undefined && Object.keys(shape).length === 0
}

export interface Member {
  readonly name: string
  readonly required: boolean
  readonly schema: Json
}

/** Members of an object that clients send: path or query parameters. */
export const membersOf = (schema: Schema): Member[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', override })
  return Object.entries(properties).map(([name, member]) => ({
    name,
    required: required.includes(name),
    schema: member as Json,
  }))
}

/** Whether a body may be left out. */
export const isOptional = (schema: Schema): boolean => membersOf(schema).every(({ required }) => !required)
