import { describe, expect, it } from 'vitest'
import { dryEventOf } from '../../../infra/bundle/dry/dryEvent.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { sockets } from '../../../shared/api/sockets.ts'
import { triggers } from '../../../shared/api/triggers.ts'

describe('the event of a dry run', () => {
  it.each(routes.map((route) => [route.name, route] as const))(
    'of %s passes its own schemas',
    (name, route) => {
      const event = dryEventOf(name, 'token') as {
        pathParameters: unknown
        body: string | null
        path: string
      }
      expect(route.params.safeParse(event.pathParameters).error?.issues ?? []).toEqual([])
      const body = event.body === null ? undefined : JSON.parse(event.body)
      expect(route.body?.safeParse(body).error?.issues ?? []).toEqual([])
      expect(event.path).not.toContain('{')
    },
  )

  it.each(triggers.map(({ name, kind }) => [name, kind] as const))('of %s is that of a %s', (name, kind) => {
    expect(Object.keys(dryEventOf(name, 'token'))).toContain(kind === 'schedule' ? 'time' : 'Records')
  })

  it.each(sockets.map(({ name }) => name))('of %s comes over a connection', (name) => {
    expect(dryEventOf(name, 'token')).toHaveProperty('requestContext.connectionId')
  })

  it('of the fallback is a request, and of an unknown function nothing', () => {
    expect(dryEventOf(fallback.name, 'token')).toHaveProperty('httpMethod')
    expect(dryEventOf('noSuchFunction', 'token')).toEqual({})
  })
})
