import { type Api, createApi, type Reply } from './demo/api.ts'
import { codeMailedTo } from './demo/inbox.ts'
import { type DemoPerson, type DemoTask, demoPassword, projects, team } from './demo/team.ts'

export interface Login {
  readonly email: string
  readonly password: string
}

interface SignedIn {
  readonly person: DemoPerson
  readonly token: string
  readonly id: string
}

/**
 * Fills a running Duely with a team, two projects and their tasks, through the HTTP API alone, and returns
 * the login of the owner. Where the team exists already nothing is added. One task is due in three minutes,
 * so that its reminder can be seen to arrive.
 */
export async function runDemo(baseUrl: string, inboxUrl: string): Promise<Login> {
  const api = createApi(baseUrl)
  const [owner] = team
  const login = { email: owner.email, password: demoPassword }
  if ((await api.tryPost('/v1/auth/sign-in', login, 401)) !== undefined) return login
  const people: SignedIn[] = []
  for (const person of team) people.push(await openAccount(api, inboxUrl, person))
  const [first, ...others] = people
  if (first === undefined) return login
  const workspace = await api.post('/v1/workspaces', { name: 'Harbour & Co', zone: zone() }, first.token)
  for (const other of others) await join(api, String(workspace.id), first, other)
  for (const project of projects) await addProject(api, String(workspace.id), people, project)
  return login
}

async function openAccount(api: Api, inboxUrl: string, person: DemoPerson): Promise<SignedIn> {
  const { email, name } = person
  await api.post('/v1/auth/sign-up', { email, name, password: demoPassword, language: 'en', zone: zone() })
  await api.post('/v1/auth/confirm', {
    email,
    password: demoPassword,
    code: await codeMailedTo(inboxUrl, email),
  })
  const token = String((await api.post('/v1/auth/sign-in', { email, password: demoPassword })).accessToken)
  return { person, token, id: api.userIdOf(token) }
}

async function join(
  api: Api,
  workspaceId: string,
  owner: SignedIn,
  { person, token }: SignedIn,
): Promise<void> {
  const body = { email: person.email, role: person.role }
  const invitation = await api.post(`/v1/workspaces/${workspaceId}/invitations`, body, owner.token)
  await api.post(`/v1/me/invitations/${workspaceId}/${invitation.id}/accept`, {}, token)
}

async function addProject(
  api: Api,
  workspaceId: string,
  people: readonly SignedIn[],
  { tasks, ...fields }: (typeof projects)[number],
): Promise<void> {
  const token = String(people[0]?.token)
  const project: Reply = await api.post(`/v1/workspaces/${workspaceId}/projects`, fields, token)
  for (const task of tasks) {
    await api.post(
      `/v1/workspaces/${workspaceId}/projects/${project.id}/tasks`,
      taskBody(task, people),
      token,
    )
  }
}

const taskBody = ({ due, remind, who = [], ...fields }: DemoTask, people: readonly SignedIn[]): object => ({
  ...fields,
  assigneeIds: people
    .filter(({ person }) => who.some((name) => person.name.startsWith(name)))
    .map(({ id }) => id),
  ...(due !== undefined && { due: dueOf(due) }),
  ...(remind !== undefined && { reminders: [{ relativeTo: 'due', minutesBefore: remind }] }),
})

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const minute = 60_000

function dueOf(due: NonNullable<DemoTask['due']>): object {
  if ('minutes' in due) return { dateTime: wallTime(Date.now() + due.minutes * minute), zone: zone() }
  return { date: wallTime(Date.now() + due.days * 24 * 60 * minute).slice(0, 10), zone: zone() }
}

/** The wall time of this machine at an instant, `2026-03-01T09:30`. */
function wallTime(instant: number): string {
  const sinceUtc = new Date(instant).getTimezoneOffset() * minute
  return new Date(instant - sinceUtc).toISOString().slice(0, 16)
}
