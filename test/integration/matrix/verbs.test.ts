import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { matchRoute } from '../../../local/routeTable.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { serveUnmatched } from '../../../shared/http/fallback.ts'
import { verifier } from '../../support/accessTokens.ts'
import { problemTitle } from '../../support/problemTitle.ts'

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const settings = {
  verify: verifier(),
  cursorKey: 'key',
  publicUrl: 'https://duely.test',
  allowedOrigins: [],
  problemTitle,
  clock: () => 0,
  log: () => {},
}

/** The door's answer to what no route takes. */
const refuse = async (httpMethod: string, path: string): Promise<APIGatewayProxyResult> => {
  const event = { httpMethod, path, headers: {}, body: null, requestContext: { requestId: 'r' } }
  const handler = serveUnmatched(fallback.name, routes, settings)
  return handler(event as unknown as APIGatewayProxyEvent, {} as Context)
}

const paths = [...new Set(routes.map(({ path }) => path))]
const declaredAt = (path: string): string[] =>
  routes.filter((one) => one.path === path).map(({ method }) => method)

/** A word that is no literal of any path, in place of each parameter. */
const filledIn = (path: string): string => path.replaceAll(/\{\w+\}/g, 'somewhat')

describe('a verb that a path does not declare reaches no function, and nobody learns more than which there are', () => {
  test.each(paths)('%s', async (path) => {
    const declared = declaredAt(path)
    for (const verb of verbs) {
      const match = matchRoute(routes, verb, filledIn(path))
      if (declared.includes(verb)) {
        expect([verb, match?.resource]).toEqual([verb, path])
        continue
      }
      // Where the last word of a path may as well be a parameter of another, that one answers: it finds nothing.
      if (match !== undefined) {
        expect([verb, match.resource]).not.toEqual([verb, path])
        expect(Object.values(match.pathParameters ?? {})).toContain(path.split('/').at(-1))
        continue
      }
      const { statusCode, headers } = await refuse(verb, filledIn(path))
      expect([verb, statusCode]).toEqual([verb, 405])
      expect(String(headers?.allow).split(', ')).toEqual(expect.arrayContaining([...declared, 'OPTIONS']))
      expect(String(headers?.allow).split(', ')).not.toContain(verb)
    }
  })
})
