import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { deploymentFunction } from '../../../infra/deployment/bundle.ts'
import { stages } from '../../../infra/stages.ts'
import { matchRoute } from '../../../local/routeTable.ts'
import { openApi } from '../../../shared/api/openapi.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { sockets } from '../../../shared/api/sockets.ts'
import { triggers } from '../../../shared/api/triggers.ts'
import { type Synthesis, synthesise } from '../infra/support/synthesis.ts'

/** One fact, told by six: declarations, function files, both synthesised profiles, OpenAPI and the local gateway. */
const declaredKeys = routes.map(({ method, path }) => `${method} ${path}`).sort()
const everywhere = [...routes, fallback, ...triggers].map(({ name }) => name)
const declaredNames = [...everywhere, ...sockets.map(({ name }) => name)].sort()

/** Logical ids of functions begin with the declared name. */
const nameIn = (text: string): string | undefined => /(\w+?)Function[0-9A-F]{8}/.exec(text)?.[1]
const functionNames = ({ resources }: Synthesis): (string | undefined)[] =>
  [...resources('AWS::Lambda::Function').keys()]
    .map(nameIn)
    .filter((name) => !name?.endsWith(deploymentFunction))

test('no two declarations share a name or a place', () => {
  expect(new Set(declaredNames).size).toBe(declaredNames.length)
  expect(new Set(declaredKeys).size).toBe(declaredKeys.length)
})

test('every declaration has its function file, and there is no other', () => {
  const files = readdirSync(new URL('../../../functions', import.meta.url))
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(declaredNames)
})

describe('synthesised', () => {
  let aws: Synthesis
  let localStack: Synthesis
  beforeAll(() => {
    aws = synthesise(stages.prod)
    localStack = synthesise(stages.localstack)
  })

  test('HTTP and WebSocket API: the declared routes and the fallback', () => {
    const keys = [...aws.resources('AWS::ApiGatewayV2::Route').values()].map(({ Properties }) =>
      String(Properties.RouteKey),
    )
    const ofSockets = sockets.map(({ routeKey }) => routeKey)
    expect(keys.sort()).toEqual([...declaredKeys, ...ofSockets, '$default'].sort())
  })

  test('the functions of both profiles; those of live connections only where there are some', () => {
    expect(functionNames(aws).sort()).toEqual(declaredNames)
    expect(functionNames(localStack).sort()).toEqual(everywhere.sort())
  })

  test('REST API: each method leads to the function declared for it', () => {
    const methods = [...localStack.resources('AWS::ApiGateway::Method').values()].map(({ Properties }) => {
      const target = JSON.stringify(Properties.Integration).replace(/ExportsOutput(FnGetAtt)?/g, ' ')
      return `${Properties.HttpMethod} ${nameIn(target)}`
    })
    const expected = routes.map(({ method, name }) => `${method} ${name}`)
    expect(methods.filter((method) => !method.endsWith(` ${fallback.name}`)).sort()).toEqual(expected.sort())
  })
})

test('OpenAPI: the declared operations, under their names', () => {
  const { paths } = openApi(routes, 'https://duely.test') as unknown as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
    ),
  )
  expect(operations.sort()).toEqual(
    routes.map(({ method, path, name }) => `${method} ${path} ${name}`).sort(),
  )
})

test('the local gateway finds each route at its own path, and none elsewhere', () => {
  for (const { method, path, name } of routes) {
    const concrete = path.replace(/\{\w+\}/g, 'x')
    expect(matchRoute(routes, method, concrete)?.name, concrete).toBe(name)
    expect(matchRoute(routes, method, `${concrete}/x/x/x/x`)).toBeUndefined()
  }
})
