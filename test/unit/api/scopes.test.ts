import { expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import { scopeOf, scopes } from '../../../shared/api/scopes.ts'

test('every route of members has a scope: one reads, all others write', () => {
  const without = routes.filter((route) => route.access.kind === 'member' && scopeOf(route) === undefined)
  expect(without.map(({ name }) => name)).toEqual([])
  for (const route of routes) {
    const scope = scopeOf(route)
    if (scope !== undefined) expect(scope.endsWith(':read')).toBe(route.method === 'GET')
  }
})

test('of all other routes two take a token: it makes no sessions and no tokens, and changes no account', () => {
  const others = routes.filter(({ access }) => access.kind !== 'member')
  const taking = others.flatMap((route) => {
    const scope = scopeOf(route)
    return scope === undefined ? [] : [[route.name, scope]]
  })
  expect(taking).toEqual([
    ['getMe', 'account:read'],
    ['listWorkspaces', 'workspaces:read'],
  ])
})

test('every scope opens some route', () => {
  const used = new Set(routes.map(scopeOf))
  expect(scopes.filter((scope) => !used.has(scope))).toEqual([])
})

test('a tag that stands in no group is closed to tokens', () => {
  const access = { kind: 'member', action: 'task.read' } as const
  expect(scopeOf({ method: 'GET', tag: 'tasks', access })).toBe('tasks:read')
  for (const tag of ['new', 'constructor', '__proto__']) {
    expect(scopeOf({ method: 'GET', tag, access })).toBeUndefined()
  }
})
