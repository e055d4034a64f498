/** The OpenAPI 3.1 document, made from the declarations and from nothing else. */
import type { Access, RouteDeclaration } from './declaration.ts'
import { parametersOf, sharedParameters } from './openapi/parameters.ts'
import { problemExamples, refusals, responsesOf, sharedHeaders } from './openapi/responses.ts'
import { componentSchemas, isEmpty, isOptional, type Json, nameOf, refTo } from './openapi/schemas.ts'
import { refreshCookieName } from './refreshCookie.ts'
import { scopeOf } from './scopes.ts'
import { type Limit, limitsOf } from './throttles.ts'

const about = `Errors are problem documents (RFC 9457) with a stable \`type\`.
Lists are pages: \`limit\` items at most, and \`next\`, a link to the following page, which holds an opaque \`cursor\`.
Resources have a strong \`ETag\`; \`If-Match\` protects a change from overwriting another.
\`Idempotency-Key\` makes it safe to repeat a POST.`

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'Access token of a live session, from sign-in or refresh; or a personal access token, where the operation names a scope.',
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: refreshCookieName,
    description: 'Refresh token of a browser on our own origin; other clients send it in the body.',
  },
}

const securityOf = ({ kind }: Access): Json[] => {
  if (kind === 'public') return []
  return kind === 'refresh' ? [{ refreshCookie: [] }, {}] : [{ bearer: [] }]
}

const whoMay = (access: Access): string => {
  if (access.kind === 'member') return `For members whose role allows \`${access.action}\`.`
  return access.kind === 'session' ? 'For whoever is signed in.' : 'For everybody.'
}
const accessText = (route: RouteDeclaration): string => {
  const scope = scopeOf(route)
  return scope === undefined ? whoMay(route.access) : `${whoMay(route.access)} Scope of tokens: \`${scope}\`.`
}

const limitText = ({ burst, everySeconds }: Limit): string =>
  `${burst}, then one each ${everySeconds} seconds`
const throttleText = (route: RouteDeclaration): string | undefined => {
  const limits = limitsOf(route)
  if (limits === undefined) return undefined
  const what = limits.counts === 'all' ? 'Requests' : 'Attempts that fail'
  return `${what}, by account: ${limitText(limits.account)}; by address: ${limitText(limits.address)}.`
}

const mediaTypesOf = ({ method }: RouteDeclaration): string[] =>
  method === 'PATCH' ? ['application/merge-patch+json', 'application/json'] : ['application/json']

const requestBodyOf = (route: RouteDeclaration): Json | undefined => {
  const { body, name } = route
  if (body === undefined || isEmpty(body)) return undefined
  const schema = refTo(nameOf(body, name))
  const content = Object.fromEntries(mediaTypesOf(route).map((mediaType) => [mediaType, { schema }]))
  return { required: !isOptional(body), content }
}

const operationOf = (route: RouteDeclaration): Json => {
  const { name, summary, description, tag, access } = route
  const requestBody = requestBodyOf(route)
  return {
    operationId: name,
    summary,
    description: [description, accessText(route), throttleText(route)].filter(Boolean).join('\n\n'),
    tags: [tag],
    security: securityOf(access),
    parameters: parametersOf(route),
    ...(requestBody && { requestBody }),
    responses: responsesOf(route),
  }
}

const pathsOf = (routes: readonly RouteDeclaration[]): Json =>
  Object.fromEntries(
    [...Map.groupBy(routes, ({ path }) => path)].map(([path, those]) => [
      path,
      Object.fromEntries(those.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  )

/** `serverUrl`: origin under which the API is reached, without a trailing slash. */
export const openApi = (routes: readonly RouteDeclaration[], serverUrl: string) => ({
  openapi: '3.1.1',
  info: { title: 'Duely', version: '1', summary: 'Tasks of a team', description: about },
  servers: [{ url: serverUrl }],
  tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  paths: pathsOf(routes),
  components: {
    schemas: componentSchemas(routes),
    parameters: sharedParameters,
    headers: sharedHeaders,
    responses: refusals(routes),
    examples: problemExamples(),
    securitySchemes,
  },
})
