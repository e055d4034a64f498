import { randomUUID } from 'node:crypto'
import { setProjectRole } from '../../../shared/api/routes/access.ts'
import { confirmSignUp, getMe, signUp } from '../../../shared/api/routes/account.ts'
import { addGroupMember } from '../../../shared/api/routes/groups.ts'
import { editMember, removeMember, suspendMember } from '../../../shared/api/routes/members.ts'
import { signIn } from '../../../shared/api/routes/sessions.ts'
import { createToken } from '../../../shared/api/routes/tokens.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { type Scope, scopes } from '../../../shared/api/scopes.ts'
import type { App, Someone } from '../app.ts'
import { mailedCode } from '../fakeIdentity.ts'
import { groupOf } from '../ordinary/groupCalls.ts'
import { succeed, type Team } from '../ordinary/team.ts'

/** Members, as the table of expectations has its columns. */
export const insiders = [
  'owner',
  'admin',
  'manager',
  'member',
  'guest',
  /** A guest who is a manager in the project at hand. */
  'projectOnly',
  /** A manager who is but a guest in the project at hand. */
  'narrowed',
  /** Guests with whom the task at hand is shared. */
  'viewShare',
  'editShare',
  /** A guest in a group to which the task at hand is assigned. */
  'grouped',
] as const
const outsiders = ['suspended', 'removed', 'elsewhere', 'signedOut', 'anonymous'] as const
/** Personal access tokens of the owner: good for all; for all but what is asked; for all, in another workspace. */
const bearers = ['fullToken', 'wrongScope', 'boundElsewhere'] as const

export const personas = [...insiders, ...outsiders, ...bearers] as const
export type Insider = (typeof insiders)[number]
export type Persona = (typeof personas)[number]
export const isInsider = (persona: Persona): persona is Insider => insiders.includes(persona as Insider)

type Person = Insider | 'suspended' | 'removed' | 'signedOut'
const roles = {
  owner: 'member',
  admin: 'admin',
  manager: 'manager',
  member: 'member',
  guest: 'guest',
  projectOnly: 'guest',
  narrowed: 'manager',
  viewShare: 'guest',
  editShare: 'guest',
  grouped: 'guest',
  suspended: 'admin',
  removed: 'admin',
  signedOut: 'admin',
} as const
const people = Object.keys(roles) as Person[]

const password = 'correct horse battery staple'

/** Somebody new, through all of the registration. */
const newcomer = async (app: App): Promise<Someone> => {
  const email = `pia.${randomUUID()}@example.com`
  const zone = 'Europe/Madrid'
  await app.call(undefined, signUp, { body: { email, password, name: 'Pia Persona', zone } })
  await app.call(undefined, confirmSignUp, { body: { email, code: mailedCode, password } })
  const { body } = await app.call(undefined, signIn, { body: { email, password } })
  const who = { userId: '', token: String(body.accessToken) }
  return { ...who, userId: String((await app.call(who, getMe)).body.id) }
}

/** Gives those whose roles differ in a project their roles there. */
const setRoles = async ({ app, owner, workspaceId }: Team, projectId: string, who: Cast): Promise<void> => {
  const given = { projectOnly: 'manager', narrowed: 'guest' } as const
  for (const [persona, role] of Object.entries(given)) {
    const params = { workspaceId, projectId, userId: who.of(persona as Person).userId }
    await succeed(app, owner, setProjectRole, { params, body: { role } })
  }
}

const standing: Partial<Record<Person, (team: Team, who: Someone) => Promise<unknown>>> = {
  owner: ({ app, owner, workspaceId }, { userId }) =>
    succeed(app, owner, editMember, { params: { workspaceId, userId }, body: { role: 'owner' } }),
  suspended: ({ app, owner, workspaceId }, { userId }) =>
    succeed(app, owner, suspendMember, { params: { workspaceId, userId }, body: {} }),
  removed: ({ app, owner, workspaceId }, { userId }) =>
    succeed(app, owner, removeMember, { params: { workspaceId, userId } }),
  // A little later: a session of the same millisecond stays.
  signedOut: async ({ app }, { userId }) => {
    app.clock.now += 1
    await app.stores.people.endSessions(userId, new Date(app.clock.now).toISOString(), null)
  },
}

const hired = async (team: Team, persona: Person): Promise<Someone> => {
  const who = await newcomer(team.app)
  await team.app.join(who, team.workspaceId, roles[persona])
  await standing[persona]?.(team, who)
  return who
}

const enter = ({ app, owner, workspaceId }: Team, groupId: string, { userId }: Someone): Promise<unknown> =>
  succeed(app, owner, addGroupMember, { params: { workspaceId, groupId, userId }, body: {} })

/** A token that may do everything but one thing, and only in one workspace where one is named. */
const token = async (app: App, who: Someone, without?: Scope, workspaceId?: string): Promise<Someone> => {
  const body = {
    name: 'Matrix',
    scopes: scopes.filter((scope) => scope !== without),
    expiresInDays: 1,
    ...(workspaceId !== undefined && { workspaceId }),
  }
  const made = await succeed(app, who, createToken, { body })
  return { userId: who.userId, token: String(made.body.token) }
}

const tokensOf = async ({ app, workspaceId }: Team, who: Someone) => {
  const body = { name: 'Another one of the owner', zone: 'UTC' }
  const elsewhere = String((await succeed(app, who, createWorkspace, { body })).body.id)
  const lacking = new Map<string, Someone>()
  for (const scope of scopes) lacking.set(scope, await token(app, who, scope))
  return {
    full: await token(app, who, undefined, workspaceId),
    elsewhere: await token(app, who, undefined, elsewhere),
    lacking,
  }
}

export interface Cast {
  /** Of the one who is `grouped`. */
  readonly groupId: string
  of(persona: Person): Someone
  /** Whoever makes the request: `scope` is what the route needs of a token. */
  caller(persona: Persona, scope: string | undefined): Someone | undefined
  /** Puts somebody new in the place of a person whom a request has changed. */
  renew(persona: Persona): Promise<void>
  readonly everybody: readonly Someone[]
}

/** Everybody of the matrix, in a workspace and around it. */
export const castOf = async (team: Team, stranger: Someone): Promise<Cast> => {
  const { groupId } = await groupOf(team, [])

  const all = new Map<Person, Someone>()
  let tokens: Awaited<ReturnType<typeof tokensOf>>
  const of = (persona: Person): Someone => all.get(persona) as Someone
  const hire = async (persona: Person): Promise<void> => {
    all.set(persona, await hired(team, persona))
    if (persona === 'grouped') await enter(team, groupId, of(persona))
    if (persona === 'owner') tokens = await tokensOf(team, of('owner'))
  }
  const cast: Cast = {
    groupId,
    of,
    caller: (persona, scope) => {
      if (persona === 'anonymous') return undefined
      if (persona === 'elsewhere') return stranger
      if (persona === 'fullToken') return tokens.full
      if (persona === 'boundElsewhere') return tokens.elsewhere
      // A route that takes no token at all is asked with a good one.
      if (persona === 'wrongScope') return tokens.lacking.get(scope ?? '') ?? tokens.full
      return of(persona)
    },
    renew: async (persona) => {
      if (persona === 'elsewhere' || persona === 'anonymous') return
      const isBearer = (bearers as readonly string[]).includes(persona)
      await hire(isBearer ? 'owner' : (persona as Person))
      await setRoles(team, team.projectId, cast)
    },
    get everybody() {
      return [...all.values()]
    },
  }
  for (const persona of people) await hire(persona)
  await setRoles(team, team.projectId, cast)
  return cast
}

export { setRoles }
