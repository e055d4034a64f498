import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'

const tag = 'meta'
const none = { depth: 0, calls: 0, readUnits: 0, writeUnits: 0 }
const free = { none: 'takes no secret and touches no data' }
const described = 'describes the API, not anybody’s data'

export const getOpenApi = route({
  name: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'The OpenAPI 3.1 document of this API',
  tag,
  access: { kind: 'public', reason: described },
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  problems: [],
  throttle: free,
  uses: {},
  budget: none,
})

export const getDocs = route({
  name: 'getDocs',
  method: 'GET',
  path: '/docs',
  summary: 'A page to read about and try the API',
  tag,
  access: { kind: 'public', reason: described },
  params: nothing,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.string(), mediaType: 'text/html' },
  problems: [],
  throttle: free,
  uses: {},
  budget: none,
})

export const getDocsAsset = route({
  name: 'getDocsAsset',
  method: 'GET',
  path: '/docs/{asset}',
  summary: 'Script and style of the documentation page',
  tag,
  access: { kind: 'public', reason: described },
  params: z.strictObject({ asset: z.enum(['swagger-ui-bundle.js', 'swagger-ui.css', 'start.js']) }),
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: z.string(), mediaType: 'application/octet-stream' },
  problems: [],
  throttle: free,
  uses: {},
  budget: none,
})

/** Answers whatever no declared route matches: 404, 405 with `Allow`, or a CORS preflight. */
export const fallback = { name: 'notFound', tag } as const
