import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import type { Reply, Request } from '../app.ts'
import { type IdField, idFieldsOf, type NamedKind } from '../hostile/idFields.ts'
import type { About } from './expectations.ts'

/** A place of a request that takes an id. */
export interface Field extends IdField {
  readonly where: 'params' | 'query' | 'body'
}

/** Every place of a route's requests that takes an id, by its schemas. */
export const fieldsOf = ({ params, query, body }: RouteDeclaration): Field[] => [
  ...idFieldsOf(params).map((field) => ({ ...field, where: 'params' as const })),
  ...idFieldsOf(query).map((field) => ({ ...field, where: 'query' as const })),
  ...(body === undefined ? [] : idFieldsOf(body)).map((field) => ({ ...field, where: 'body' as const })),
]

/** Where a field stands, as one word. */
export const placeOf = ({ where, pointer }: Pick<Field, 'where' | 'pointer'>): string => where + pointer

const mainKinds: Readonly<Record<About, readonly NamedKind[]>> = {
  task: ['task', 'key'],
  project: ['project'],
  template: ['template'],
  job: ['job'],
  notification: ['notification'],
  group: ['group'],
  webhook: ['webhook'],
  member: ['user'],
  workspace: [],
}

/** The place of what a route is about. */
export const mainOf = (about: About, fields: readonly Field[]): Field | undefined =>
  fields.find(({ kind, pointer }) => mainKinds[about].includes(kind) && !pointer.includes('/patch/'))

/** Lists travel in a query as text. */
const asText = (query: object): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))

/** The request with another id in a place; without the key that would make it a repetition. */
export const withId = (request: Request, { where, put }: Field, id: string): Request => {
  const changed = put(request[where], id) as Record<string, string>
  const { 'Idempotency-Key': _, ...headers } = request.headers ?? {}
  return { ...request, headers, [where]: where === 'query' ? asText(changed) : changed }
}

/** A reply as text, byte for byte but for the id of the request and the id that was asked for. */
export const plain = ({ status, headers, body }: Reply, id?: string): string => {
  const text = JSON.stringify([status, headers, body], (name, value) =>
    name === 'requestId' || name === 'x-request-id' ? '' : value,
  )
  return id === undefined ? text : text.replaceAll(id, '{id}')
}
