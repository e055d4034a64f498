import * as account from '../../shared/api/routes/account.ts'
import { acceptInvitation, invite } from '../../shared/api/routes/invitations.ts'
import { listMembers } from '../../shared/api/routes/members.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { type Api, apiFor, isRefusal } from './api.ts'
import type { PlannedMember } from './plan.ts'

export interface Login {
  readonly email: string
  readonly password: string
}

export interface Doors {
  readonly baseUrl: string
  /** The newest code mailed to an address; rejects when none comes. */
  readonly codeFor: (address: string) => Promise<string>
}

export interface SignedIn {
  readonly api: Api
  readonly userId: string
}

export async function signIn({ email, password }: Login, { baseUrl }: Doors): Promise<SignedIn> {
  const tokens = await apiFor(baseUrl).call(sessions.signIn, { body: { email, password } })
  const api = apiFor(baseUrl, tokens.accessToken)
  return { api, userId: (await api.call(account.getMe, {})).id }
}

/** Signs in, and opens the account first where there is none yet. */
export async function signInOrUp(login: Login, name: string, doors: Doors): Promise<SignedIn> {
  try {
    return await signIn(login, doors)
  } catch (error) {
    if (!isRefusal(error, 'wrong-credentials')) throw error
  }
  const nobody = apiFor(doors.baseUrl)
  await nobody.call(account.signUp, { body: { ...login, name } })
  const code = await doors.codeFor(login.email).catch((cause: unknown) => {
    throw new Error(
      `${login.email} has an account with another password, or its mails cannot be read here.`,
      {
        cause,
      },
    )
  })
  await nobody.call(account.confirmSignUp, { body: { ...login, code } })
  return signIn(login, doors)
}

/** Address of somebody of Trello's, in a domain of ours: the export has no addresses. */
export const addressOf = (username: string, domain: string): string =>
  `${username.toLowerCase().replace(/[^a-z0-9_-]+/g, '-')}@${domain}`

async function memberIds(api: Api, workspaceId: string): Promise<Set<string>> {
  const ids = new Set<string>()
  let cursor: string | undefined
  do {
    const query = cursor === undefined ? {} : { cursor }
    const { items, next } = await api.call(listMembers, { params: { workspaceId }, query })
    for (const { userId } of items) ids.add(userId)
    cursor =
      next === undefined ? undefined : (new URL(next, 'http://any').searchParams.get('cursor') ?? undefined)
  } while (cursor !== undefined)
  return ids
}

/**
 * Opens an account for each member of the board and lets it into the workspace by an invitation that it accepts.
 * Answers the ids of people by those of Trello. Who is a member already stays as they are.
 */
export async function admitAll(
  members: readonly PlannedMember[],
  { owner, workspaceId }: { owner: Api; workspaceId: string },
  accounts: { loginOf: (username: string) => Login; doors: Doors },
): Promise<ReadonlyMap<string, string>> {
  const inside = await memberIds(owner, workspaceId)
  const people = new Map<string, string>()
  for (const { member, role } of members) {
    const login = accounts.loginOf(member.username)
    const { api, userId } = await signInOrUp(login, member.fullName || member.username, accounts.doors)
    people.set(member.id, userId)
    if (inside.has(userId)) continue
    const invitation = await owner.call(invite, {
      params: { workspaceId },
      body: { email: login.email, role },
    })
    await api.call(acceptInvitation, { params: { workspaceId, invitationId: invitation.id }, body: {} })
  }
  return people
}
