import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openApi } from '../../../shared/api/openapi.ts'
import { type ProblemCode, problems } from '../../../shared/api/problems.ts'
import { problemsOf } from '../../../shared/api/routeProblems.ts'
import { routes } from '../../../shared/api/routes.ts'
import { setCookie } from '../../../shared/http/cookie.ts'

type Json = { [member: string]: Json }

/** As a client receives it. */
const document = JSON.parse(JSON.stringify(openApi(routes, 'https://duely.example'))) as Json
const operationOf = (method: string, path: string): Json =>
  document.paths?.[path]?.[method.toLowerCase()] as Json

const atPointer = (pointer: string): Json | undefined =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json | undefined>((node, name) => node?.[name], document)

/** Follows a reference, if it is one. */
const resolved = (node: Json | undefined): Json =>
  typeof node?.$ref === 'string' ? (atPointer(node.$ref) as Json) : (node as Json)

const referencesIn = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) return []
  const { $ref } = node as { $ref?: unknown }
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(node).flatMap(referencesIn)]
}

test('is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(document)
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

test('every reference leads somewhere, and every component is referred to', () => {
  const references = new Set(referencesIn(document))
  expect([...references].filter((reference) => atPointer(reference) === undefined)).toEqual([])
  const { securitySchemes: _, ...kinds } = document.components as Json
  const components = Object.entries(kinds).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `#/components/${kind}/${name}`),
  )
  const unused = components.filter((component) => !references.has(component))
  // Problems that no single route declares: they are the fallback's.
  expect(unused).toEqual(['#/components/examples/method-not-allowed'])
})

describe.each(routes.map((route) => [route.name, route] as const))('%s', (name, route) => {
  const operation = operationOf(route.method, route.path)
  const responses = operation.responses as Json

  test('is described under its name, with its success and its problems', () => {
    expect(operation.operationId).toBe(name)
    const codes = Object.entries(responses)
      .filter(([status]) => Number(status) >= 400)
      .flatMap(([status, response]) => {
        const examples = resolved(response).content?.['application/problem+json']?.examples as Json
        return Object.keys(examples).map((code) => `${status} ${code}`)
      })
    const declared = problemsOf(route).map((code: ProblemCode) => `${problems[code].status} ${code}`)
    expect(codes.sort()).toEqual(declared.sort())
    expect(responses).toHaveProperty(String(route.reply.status))
  })

  test('has every parameter of its path', () => {
    const inPath = (operation.parameters as unknown as Json[])
      .filter((parameter) => String(parameter.in) === 'path')
      .map((parameter) => parameter.name)
    expect(inPath).toEqual([...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter))
  })

  test('says which credential it takes', () => {
    const expected = { public: [], refresh: [{ refreshCookie: [] }, {}], session: [{ bearer: [] }] }
    const { kind } = route.access
    expect(operation.security).toEqual(expected[kind === 'member' ? 'session' : kind])
  })
})

test('conditional requests, idempotency keys and paging are told where they work', () => {
  const parametersAt = (method: string, path: string): unknown[] =>
    (operationOf(method, path).parameters as unknown as Json[]).map((parameter) => resolved(parameter).name)
  const project = '/v1/workspaces/{workspaceId}/projects/{projectId}'
  expect(parametersAt('GET', project)).toEqual(expect.arrayContaining(['If-None-Match', 'fields']))
  expect(parametersAt('PATCH', project)).toContain('If-Match')
  expect(parametersAt('POST', `${project}/tasks`)).toContain('Idempotency-Key')
  expect(parametersAt('GET', `${project}/tasks`)).toEqual(expect.arrayContaining(['limit', 'cursor']))
  expect(operationOf('GET', project).responses).toHaveProperty('304')
})

test('a body says what may be left out, a reply what is always there', () => {
  const { TaskCreate, Task } = (document.components as Json).schemas ?? {}
  expect(TaskCreate?.required).toEqual(['title'])
  expect(Task?.required).toEqual(expect.arrayContaining(['id', 'title', 'status', 'version']))
})

test('the cookie of the document is the one that is set', () => {
  const { name } = (document.components as Json).securitySchemes?.refreshCookie ?? {}
  expect(setCookie(null, '')).toMatch(new RegExp(`^${name}=;`))
})
