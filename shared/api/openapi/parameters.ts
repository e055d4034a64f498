import type { RouteDeclaration } from '../declaration.ts'
import { type Json, membersOf } from './schemas.ts'

const header = (name: string, description: string, schema: Json = { type: 'string' }) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
})

const etag = { type: 'string', examples: ['"3"'] }

/** `components.parameters`: what many operations take alike. */
export const sharedParameters = {
  AcceptLanguage: header('Accept-Language', 'Language of texts for people (RFC 9110, 12.5.4).'),
  Fields: {
    name: 'fields',
    in: 'query',
    required: false,
    description: 'Members of the reply to send, comma-separated; in a list, of each item.',
    schema: { type: 'string', examples: ['id,name'] },
  },
  IdempotencyKey: header(
    'Idempotency-Key',
    'Makes a repeated request the same request: its answer is given again, and nothing happens twice.',
    { type: 'string', minLength: 1, maxLength: 255 },
  ),
  IfMatch: header('If-Match', 'ETag of the version that this change was made from.', etag),
  IfNoneMatch: header(
    'If-None-Match',
    'ETag of the version at hand; 304 when it is still the present one.',
    etag,
  ),
}
type SharedName = keyof typeof sharedParameters

const shared = (name: SharedName): Json => ({ $ref: `#/components/parameters/${name}` })

const sharedOf = (route: RouteDeclaration): SharedName[] => {
  const { method, etag: hasEtag, problems, reply } = route
  const isJsonRead = method === 'GET' && reply.schema !== undefined && reply.mediaType === undefined
  return [
    ...(isJsonRead ? (['Fields'] as const) : []),
    ...(method === 'GET' && hasEtag ? (['IfNoneMatch'] as const) : []),
    ...(problems.includes('precondition-failed') ? (['IfMatch'] as const) : []),
    ...(problems.includes('idempotency-mismatch') ? (['IdempotencyKey'] as const) : []),
    'AcceptLanguage',
  ]
}

/** Parameters of an operation: those of its path and query, then the shared ones. */
export const parametersOf = (route: RouteDeclaration): Json[] => [
  ...membersOf(route.params).map((member) => ({ ...member, in: 'path', required: true })),
  ...membersOf(route.query).map((member) => ({ ...member, in: 'query' })),
  ...sharedOf(route).map(shared),
]
