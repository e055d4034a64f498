import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { setProjectRole } from '../../shared/api/routes/access.ts'
import { listAssignedTasks, listSharedTasks } from '../../shared/api/routes/tasks.ts'
import { getTimer } from '../../shared/api/routes/time.ts'
import { routes } from '../../shared/api/routes.ts'
import { mayDo, ruleFor } from '../../shared/domain/access/permissions.ts'
import { makeId, randomSeed } from '../../shared/domain/ids.ts'
import { accessToken } from '../support/accessTokens.ts'
import { type App, type Reply, type Someone, startApp } from '../support/app.ts'
import { writesOn } from '../support/hostile/effects.ts'
import { joined, smallTeam } from '../support/hostile/smallTeam.ts'
import type { OrdinaryCall } from '../support/ordinary/call.ts'
import { ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import { succeed, type Team } from '../support/ordinary/team.ts'

let app: App
let team: Team
let strangers: Record<'guest' | 'member' | 'narrowed' | 'elsewhere' | 'signedOut', Someone>
let writes: () => number

beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  const signedOut = await joined(app, team.workspaceId, 'owner')
  app.clock.now += 1_000
  await app.stores.people.endSessions(signedOut.userId, new Date(app.clock.now).toISOString(), null)
  strangers = {
    guest: await joined(app, team.workspaceId, 'guest'),
    member: await joined(app, team.workspaceId, 'member'),
    narrowed: await joined(app, team.workspaceId, 'member'),
    elsewhere: (await smallTeam(app, 'Away')).owner,
    signedOut,
  }
  const { workspaceId, projectId } = team
  await succeed(app, team.owner, setProjectRole, {
    params: { workspaceId, projectId, userId: strangers.narrowed.userId },
    body: { role: 'guest' },
  })
  await app.drain()
  writes = writesOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

const calls = new Map<string, OrdinaryCall>()
/** One for all that follows: what is refused changes nothing of what it was prepared for. */
const prepared = async ({ name }: RouteDeclaration): Promise<OrdinaryCall> => {
  const call = calls.get(name) ?? (await ordinaryCalls[name]?.(team))
  if (call === undefined) throw new Error(`no ordinary call of ${name}`)
  calls.set(name, call)
  return call
}

const refused = async (route: RouteDeclaration, who: Someone | undefined): Promise<Reply> => {
  const { request } = await prepared(route)
  // The lists of the caller are everybody's own.
  const isOwnList = route === listAssignedTasks || route === listSharedTasks
  const params = { ...request.params, ...(isOwnList && { userId: team.owner.userId }) }
  const before = [writes(), app.notices.length, app.work.length]
  const reply = await app.call(who, route, { ...request, params })
  expect([writes(), app.notices.length, app.work.length]).toEqual(before)
  return reply
}

const kept = routes.filter(({ access }) => access.kind === 'member' || access.kind === 'session')
const ofMembers = routes.filter(({ access }) => access.kind === 'member')
const cells = (all: readonly RouteDeclaration[]) => all.map((route) => [route.name, route] as const)

describe('without a live session nobody is answered', () => {
  test.each(cells(kept))('%s', async (_, route) => {
    const { userId } = team.owner
    const unknownSession = { userId, token: accessToken(userId, 'no-such-session') }
    for (const who of [undefined, strangers.signedOut, unknownSession]) {
      expect((await refused(route, who)).status).toBe(401)
    }
  })
})

describe('who is no member of the workspace is answered as if it were not there', () => {
  test.each(cells(ofMembers))('%s', async (_, route) => {
    const { request } = await prepared(route)
    const stranger = await refused(route, strangers.elsewhere)
    const workspaceId = makeId('workspace', app.clock.now, randomSeed())
    const params = { ...request.params, workspaceId }
    const nowhere = await app.call(strangers.elsewhere, route, { ...request, params })
    const plain = ({ status, body }: Reply) => ({ status, body: { ...body, requestId: '' } })
    expect(plain(stranger)).toEqual(plain(nowhere))
    expect(stranger.status).toBe(404)
  })
})

/** The refusal of a role to whom the target does not belong; `undefined` where it may all the same. */
const refusalOf = (route: RouteDeclaration, role: 'guest' | 'member'): number | undefined => {
  if (route.access.kind !== 'member') return undefined
  const { action } = route.access
  // My timer is always my own.
  if (ruleFor(role, action) === 'all' || route === getTimer) return undefined
  const [group] = action.split('.')
  return mayDo(role, `${group}.read` as typeof action, false) ? 403 : 404
}

describe.each(['guest', 'member'] as const)('a %s to whom nothing of it belongs is refused', (role) => {
  const having = ofMembers.filter((route) => refusalOf(route, role) !== undefined)
  test.each(cells(having))('%s', async (_, route) => {
    expect((await refused(route, strangers[role])).status).toBe(refusalOf(route, role))
  })
})

describe('to a member who is but a guest in the project, nothing of it is there', () => {
  const isInProject = async ({ request: { params = {} } }: OrdinaryCall): Promise<boolean> => {
    const task = params.taskId && (await app.stores.tasks.task(team.workspaceId, params.taskId))
    return task ? Object.keys(task.ranks).join() === team.projectId : params.projectId === team.projectId
  }
  const placed = ofMembers.filter(({ path }) => /\{(projectId|taskId)\}/.test(path))
  test.each(cells(placed))('%s', async (_, route) => {
    // Some calls make a project of their own.
    const expected = (await isInProject(await prepared(route))) ? [404] : [403, 404, route.reply.status]
    expect(expected).toContain((await refused(route, strangers.narrowed)).status)
  })

  test('and that is asked of most routes of tasks and projects', async () => {
    const asked = await Promise.all(placed.map(async (route) => isInProject(await prepared(route))))
    expect(asked.filter(Boolean).length).toBeGreaterThan(40)
  })
})
