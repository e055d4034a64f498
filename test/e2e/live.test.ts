import { afterEach, beforeAll, describe, expect, vi } from 'vitest'
import { type LiveFrame, learn, liveProtocol, type News, ticketProtocol } from '../../shared/api/live.ts'
import { listChanges } from '../../shared/api/routes/changes.ts'
import { removeMember, suspendMember } from '../../shared/api/routes/members.ts'
import { changePassword } from '../../shared/api/routes/passwords.ts'
import { signOut } from '../../shared/api/routes/sessions.ts'
import { shareTask, unshareTask } from '../../shared/api/routes/shares.ts'
import { editTask } from '../../shared/api/routes/tasks.ts'
import { goLive, type LiveClient, openSocket, ticketOf } from '../support/e2e/liveClient.ts'
import { freshPassword, newPerson, type Person, signIn } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam, type Team } from '../support/e2e/team.ts'

const needed = [
  'live-connect',
  'live-refusal',
  'live-message',
  'live-answer',
  'live-endpoint',
  'live-close',
  'readers-two',
  'readers-filter',
] as const
const test = requires(...needed)

let team: Team
let colleague: Person
let guest: Person
beforeAll(async () => {
  team = await newTeam()
  ;[colleague, guest] = await Promise.all([newPerson('Carla Colleague'), newPerson('Gina Guest')])
  await team.admit(colleague, 'member')
  await team.admit(guest, 'guest')
})

const open: LiveClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.close()
})
const live = async (person: Person): Promise<LiveClient> => {
  const client = await goLive(person.api, team.workspaceId)
  open.push(client)
  return client
}
const soon = <T>(expectation: () => T): Promise<T> =>
  vi.waitFor(expectation, { timeout: 20_000, interval: 50 })

const stretches = (client: LiveClient) => client.news().filter((news) => news.type === 'changes')
const rename = (taskId: string, title: string) =>
  team.owner.api.ok(editTask, { params: { workspaceId: team.workspaceId, taskId }, body: { title } })
const head = async (): Promise<number> =>
  (await team.owner.api.ok(listChanges, { params: { workspaceId: team.workspaceId } })).body.upTo

const titlesIn = (news: readonly News[]): unknown[] =>
  news
    .flatMap((one) => (one.type === 'changes' ? one.events : []))
    .flatMap((event) => ('changes' in event ? event.changes : []))
    .filter(({ field }) => field === 'title')
    .map(({ to }) => to)

describe('a live connection', () => {
  test('tells edits by others, with numbers that follow one another and are those of /changes', async () => {
    const { id } = await team.addTask({ title: 'Before' })
    const client = await live(colleague)
    for (let n = 0; n < 12; n++) await rename(id, `Title ${n}`)
    await soon(() => expect(titlesIn(client.news())).toContain('Title 11'))
    const [first, ...rest] = stretches(client)
    let known = first?.upTo ?? 0
    for (const stretch of rest) known = learn(known, stretch)?.known ?? Number.NaN
    expect(known).toBe(await head())
    const query = { since: String(first?.since), limit: '100' }
    const { body } = await colleague.api.ok(listChanges, { params: { workspaceId: team.workspaceId }, query })
    expect(stretches(client).flatMap(({ events }) => events)).toEqual(body.events)
  })

  test('tells a guest of what is shared with them, that it is taken, and of nothing else', async () => {
    const [task, secret] = await Promise.all([
      team.addTask({ title: 'Shared' }),
      team.addTask({ title: 'Secret' }),
    ])
    const [client, witness] = [await live(guest), await live(colleague)]
    const params = { workspaceId: team.workspaceId, taskId: task.id, userId: guest.id }
    await team.owner.api.ok(shareTask, { params, body: { level: 'view' } })
    await rename(secret.id, 'Secret still')
    await rename(task.id, 'Shown')
    await soon(() => expect(titlesIn(client.news())).toContain('Shown'))
    await team.owner.api.ok(unshareTask, { params })
    await rename(task.id, 'Hidden')
    const hidden = { type: 'task.hidden', sequence: expect.any(Number), taskId: task.id }
    await soon(() => expect(stretches(client).flatMap(({ events }) => events)).toContainEqual(hidden))
    // Judged by what they may see when it is told: it must have gone by before they may see the task again.
    await soon(() => expect(titlesIn(witness.news())).toContain('Hidden'))
    const gone = Number(stretches(witness).at(-1)?.upTo)
    await soon(() => expect(stretches(client).at(-1)?.upTo).toBeGreaterThanOrEqual(gone))
    // What comes behind all of it.
    await team.owner.api.ok(shareTask, { params, body: { level: 'view' } })
    await soon(() => expect(stretches(client).at(-1)?.events).toMatchObject([{ taskId: task.id }]))
    const all = JSON.stringify(client.frames)
    expect(all).not.toContain(secret.id)
    expect(all).toContain('Shown')
    // Not even as what the title was before.
    expect(all).not.toContain('Hidden')
    expect(titlesIn(client.news())).not.toContain('Secret still')
  })

  test('subscribed to one task is told of that one, and of numbers that went by', async () => {
    const [one, other] = await Promise.all([team.addTask({ title: 'One' }), team.addTask({ title: 'Other' })])
    const client = await live(colleague)
    client.say({ action: 'subscribe', taskId: one.id })
    client.say({ action: 'ping' })
    await soon(() => expect(client.news()).toContainEqual({ type: 'pong' }))
    await rename(other.id, 'Other again')
    await rename(one.id, 'One again')
    await soon(() => expect(titlesIn(client.news())).toContain('One again'))
    expect(titlesIn(client.news())).not.toContain('Other again')
  })

  test('tells who looks at the same task, until they look away or are gone', async () => {
    const { id: taskId } = await team.addTask({ title: 'Looked at' })
    const [mine, theirs] = [await live(team.owner), await live(colleague)]
    const looking = (client: LiveClient) => client.news().findLast((news) => news.type === 'presence')
    mine.say({ action: 'presence', taskId })
    await soon(() => expect(looking(mine)).toMatchObject({ taskId, userIds: [team.owner.id] }))
    theirs.say({ action: 'presence', taskId })
    const both = [team.owner.id, colleague.id].sort()
    await soon(() => expect(looking(mine)).toMatchObject({ taskId, userIds: both }))
    await soon(() => expect(looking(theirs)).toMatchObject({ taskId, userIds: both }))
    theirs.close()
    await soon(() => expect(looking(mine)).toMatchObject({ taskId, userIds: [team.owner.id] }))
  })

  test('tells the person of rows of their own inbox, and nobody else', async () => {
    const [theirs, mine] = [await live(colleague), await live(team.owner)]
    await team.addTask({ title: 'For you', assigneeIds: [colleague.id] })
    await soon(() =>
      expect(theirs.news()).toContainEqual({ type: 'notification', notificationId: expect.any(String) }),
    )
    expect(mine.news().filter(({ type }) => type === 'notification')).toEqual([])
  })
})

describe('a ticket', () => {
  test('is good for one connection', async () => {
    const { ticket, url } = await ticketOf(colleague.api, team.workspaceId)
    const protocols = [liveProtocol, ticketProtocol + ticket]
    open.push(await openSocket(url, protocols))
    await expect(openSocket(url, protocols)).rejects.toThrow('refused with 401')
  })

  test('is looked for among the protocols, and must be one of ours', async () => {
    const { ticket, url } = await ticketOf(colleague.api, team.workspaceId)
    await expect(openSocket(url, [liveProtocol])).rejects.toThrow('refused with 401')
    await expect(openSocket(url, [liveProtocol, `${ticketProtocol}x${ticket}`])).rejects.toThrow('401')
    await expect(openSocket(url, [ticketProtocol + ticket])).rejects.toThrow('refused with 400')
    await expect(openSocket(`${url}?ticket=${ticket}`, [liveProtocol])).rejects.toThrow('refused with 4')
  })
})

describe('what a client says', () => {
  test('is refused where it is malformed, too large, or about a task they may not see', async () => {
    const { id: taskId } = await team.addTask({ title: 'Unseen' })
    const client = await live(guest)
    for (const message of ['{', { action: 'shout' }, 'x'.repeat(5_000), { action: 'presence', taskId }])
      client.say(message)
    const codes = () => client.news().flatMap((news) => (news.type === 'error' ? news.code : []))
    await soon(() => expect(codes()).toHaveLength(4))
    expect(codes()).toEqual(['invalid-message', 'invalid-message', 'message-too-large', 'not-found'])
  })

  // Who is handled one after the other is never too quick.
  requires(...needed, 'live-at-once')('may not be too much: the connection ends', async () => {
    const client = await live(colleague)
    for (let n = 0; n < 40; n++) client.say({ action: 'ping' })
    await client.closed
    expect(client.news().length).toBeLessThan(20)
  })

  test('comes over twenty connections at most: the oldest gives way', async () => {
    const person = await newPerson('Many Windows')
    await team.admit(person, 'member')
    const oldest = await live(person)
    const second = await live(person)
    for (let n = 0; n < 19; n++) await live(person)
    await oldest.closed
    second.say({ action: 'ping' })
    await soon(() => expect(second.news()).toContainEqual({ type: 'pong' }))
  })
})

describe('a connection is closed within five seconds', () => {
  const expectClosed = async (client: LiveClient, revoke: () => Promise<unknown>): Promise<void> => {
    let closedAt = Number.POSITIVE_INFINITY
    void client.closed.then(() => {
      closedAt = performance.now()
    })
    await revoke()
    const revokedAt = performance.now()
    await soon(() => expect(closedAt).toBeLessThan(Number.POSITIVE_INFINITY))
    expect(closedAt - revokedAt).toBeLessThan(5_000)
  }
  const newcomer = async (): Promise<Person> => {
    const person = await newPerson('Nina Newcomer')
    await team.admit(person, 'member')
    return person
  }
  const member = ({ id }: Person) => ({ params: { workspaceId: team.workspaceId, userId: id }, body: {} })

  test('when its session ends, and those of other sessions stay', async () => {
    const person = await newcomer()
    const other = await signIn(person)
    const [client, kept] = [await live(person), await goLive(other.api, team.workspaceId)]
    open.push(kept)
    await expectClosed(client, () => person.api.send(signOut, { body: {} }))
    const { id } = await team.addTask({ title: 'Still told' })
    await rename(id, 'Still told of')
    await soon(() => expect(titlesIn(kept.news())).toContain('Still told of'))
  })

  test('when the password changes', async () => {
    const person = await newcomer()
    const other = await signIn(person)
    const client = await live(person)
    const body = { currentPassword: person.password, newPassword: freshPassword() }
    await expectClosed(client, () => other.api.send(changePassword, { body }))
  })

  test('when its person is suspended', async () => {
    const person = await newcomer()
    const client = await live(person)
    await expectClosed(client, () => team.owner.api.ok(suspendMember, member(person)))
    await expect(live(person)).rejects.toThrow('404')
  })

  test('when its person is removed; a ticket from before opens nothing', async () => {
    const person = await newcomer()
    const client = await live(person)
    const { ticket, url } = await ticketOf(person.api, team.workspaceId)
    await expectClosed(client, () => team.owner.api.ok(removeMember, member(person)))
    await expect(openSocket(url, [liveProtocol, ticketProtocol + ticket])).rejects.toThrow('401')
  })
})

test('at most four frames a second reach a connection, however much happens', async () => {
  const { id } = await team.addTask({ title: 'Busy' })
  const client = await live(colleague)
  const times: number[] = []
  client.socket.on('message', () => times.push(performance.now()))
  const edits = Array.from({ length: 8 }, async (_, worker) => {
    for (let n = 0; n < 25; n++) await rename(id, `Busy ${worker} ${n}`)
  })
  await Promise.all(edits)
  const last = await head()
  await soon(() => expect(stretches(client).at(-1)?.upTo).toBeGreaterThanOrEqual(last))
  const frames: readonly LiveFrame[] = client.frames
  expect(frames.length).toBeGreaterThan(4)
  const within = times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length)
  expect(Math.max(...within)).toBeLessThanOrEqual(4)
})
