import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { type LiveFrame, learn, type News } from '../../../../shared/api/live.ts'
import { connect } from '../../../../shared/domain/live/connect.ts'
import type { Connection, Connections, Pointer, Ticket } from '../../../../shared/domain/live/connection.ts'
import { livePush, type PushWorld } from '../../../../shared/domain/live/push.ts'
import { say } from '../../../../shared/domain/live/say.ts'
import type { Followed } from '../../../../shared/domain/pipeline/followed.ts'
import type { Event } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import type { Token } from '../../../../shared/domain/tokens/token.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { liveTicketsWith } from '../../../../shared/http/tickets.ts'
import {
  aMember,
  aPerson,
  aSession,
  aTask,
  idOf,
  iso,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const ana = userOf('ana')
const session = aSession({ userId: ana, expiresAt: '2199-01-01T00:00:00.000Z' })
const credential = { kind: 'session', sessionId: session.id } as const
const task = aTask({ assigneeIds: [ana] })

/** Stores in memory, a clock that only sleeping moves, and a gateway that notes what it is asked to do. */
const surroundings = () => {
  const state = {
    now: start,
    members: new Map<string, Member>([[ana, aMember({ userId: ana, role: 'member' })]]),
    session: { ...session } as typeof session | undefined,
    token: undefined as Token | undefined,
    task: task as Task | undefined,
    connections: new Map<string, Connection>(),
    pointers: new Map<string, Pointer>(),
    used: new Set<string>(),
    next: 0,
    sent: [] as { id: string; frame: LiveFrame; at: number }[],
    closed: [] as string[],
    gone: new Set<string>(),
    reads: 0,
    failures: [] as unknown[],
  }
  const connections: Connections = {
    open: async (connection, ticket) => {
      if (state.used.has(ticket.id)) return false
      state.used.add(ticket.id)
      state.connections.set(connection.id, connection)
      const { id, userId } = connection
      state.pointers.set(id, { id, workspaceId, userId, credential: connection.credential, paidUntil: 0 })
      return true
    },
    pointer: async (id) => state.pointers.get(id),
    spend: async (pointer, paidUntil) => {
      if (state.pointers.get(pointer.id)?.paidUntil !== pointer.paidUntil) return false
      state.pointers.set(pointer.id, { ...pointer, paidUntil })
      return true
    },
    change: async ({ id }, changes) => {
      const present = state.connections.get(id)
      if (present) state.connections.set(id, { ...present, ...changes })
      return present !== undefined
    },
    remove: async ({ id }) => {
      state.connections.delete(id)
      state.pointers.delete(id)
    },
    to: async (w, userId) =>
      [...state.connections.values()].filter(
        (one) => one.workspaceId === w && (userId === undefined || one.userId === userId),
      ),
    of: async (userId) => [...state.connections.values()].filter((one) => one.userId === userId),
    takeTurn: async (_, now, length) => {
      if (now < state.next) return state.next - now
      state.next = now + length
      return 0
    },
  }
  const world: PushWorld = {
    people: {
      person: async (id) => {
        state.reads += 1
        return aPerson({ id, sessionsFrom: '1970-01-01T00:00:00.000Z' })
      },
      session: async () => state.session,
    },
    tokens: { token: async () => state.token },
    workspaces: { member: async (_, userId) => state.members.get(userId) },
    tasks: { task: async () => state.task },
    connections,
    sockets: {
      send: async (id, text) => {
        if (state.gone.has(id)) return false
        state.sent.push({ id, frame: JSON.parse(text), at: state.now })
        return true
      },
      close: async (id) => void state.closed.push(id),
    },
    clock: () => state.now,
    sleep: async (milliseconds) => {
      state.now += milliseconds
    },
    failed: (error) => void state.failures.push(error),
  }
  return { state, world: { ...world, liveTickets: liveTicketsWith('key') } }
}

let around: ReturnType<typeof surroundings>
beforeEach(() => {
  around = surroundings()
})

const nothing: Followed = {
  logs: [],
  notices: [],
  sessions: [],
  tokens: [],
  people: [],
  members: [],
  connections: [],
}
const eventOf = (sequence: number): Event => ({
  workspaceId,
  sequence,
  type: 'task.changed',
  taskId: task.id,
  taskVersion: sequence,
  at: iso(start),
  by: userOf('ben'),
  changes: [{ field: 'title', from: 'A', to: `T${sequence}` }],
  cause: null,
})
const log = (...numbers: readonly number[]): Followed => ({
  ...nothing,
  logs: [{ workspaceId, events: numbers.map(eventOf) }],
})
const aConnection = (id: string, changes: Partial<Connection> = {}): Connection => ({
  id,
  workspaceId,
  userId: ana,
  credential,
  connectedAt: iso(start),
  subscribedTo: null,
  looksAt: null,
  ...changes,
})
const opened = (id = 'c1', changes: Partial<Connection> = {}) => {
  const connection = aConnection(id, changes)
  around.state.connections.set(id, connection)
  const { userId, credential: by } = connection
  around.state.pointers.set(id, { id, workspaceId, userId, credential: by, paidUntil: 0 })
  return connection
}
const stretchesIn = (frames: readonly LiveFrame[]) =>
  frames.flat().filter((news): news is Extract<News, { type: 'changes' }> => news.type === 'changes')

describe('a ticket', () => {
  const ticket = (changes: Partial<Ticket> = {}): string =>
    around.world.liveTickets.write({
      id: randomUUID(),
      workspaceId,
      userId: ana,
      credential,
      expiresAt: iso(start + 60_000),
      ...changes,
    })
  const knock = (offered: string | undefined, now = start, connectionId: string = randomUUID()) =>
    connect({ connectionId, ticket: offered, now: iso(now) }, around.world)

  test('opens one connection, and no second one', async () => {
    const once = ticket()
    expect(await knock(once)).toBe('opened')
    expect(await knock(once)).toBe('refused')
    expect(around.state.connections.size).toBe(1)
  })

  test('is good until it expires, and not after', async () => {
    expect(await knock(ticket(), start + 59_999)).toBe('opened')
    expect(await knock(ticket(), start + 60_000)).toBe('refused')
  })

  test('opens nothing where it was not written here, for another use or with another key', async () => {
    const foreign = liveTicketsWith('other key').write({
      id: 'x',
      workspaceId,
      userId: ana,
      credential,
      expiresAt: iso(start + 60_000),
    })
    const torn = ticket().slice(0, -2)
    for (const text of [undefined, '', 'x', foreign, torn]) expect(await knock(text)).toBe('refused')
  })

  test('opens nothing for whoever has lost session, membership or token since', async () => {
    const byToken = { kind: 'token', slot: 3, hash: 'h' } as const
    expect(await knock(ticket({ credential: byToken }))).toBe('refused')
    around.state.session = { ...session, endedAt: iso(start) }
    expect(await knock(ticket())).toBe('refused')
    around.state.session = session
    around.state.members.clear()
    expect(await knock(ticket())).toBe('refused')
  })

  test('by a token opens a connection to the workspace that the token is for, and to no other', async () => {
    const token: Token = {
      id: 't',
      userId: ana,
      slot: 3,
      hash: 'h',
      name: 'T',
      scopes: ['tasks:write'],
      workspaceId,
      createdAt: iso(start),
      expiresAt: iso(start + 3_600_000),
    }
    const byToken = { kind: 'token', slot: 3, hash: 'h' } as const
    around.state.token = token
    expect(await knock(ticket({ credential: byToken }))).toBe('opened')
    around.state.token = { ...token, workspaceId: idOf('workspace', 'other') }
    expect(await knock(ticket({ credential: byToken }))).toBe('refused')
    around.state.token = { ...token, hash: 'of one made later in its place' }
    expect(await knock(ticket({ credential: byToken }))).toBe('refused')
  })

  test('for a twenty-first connection lets the oldest go', async () => {
    for (let n = 0; n < 20; n++) opened(`c${n}`, { connectedAt: iso(start + n) })
    expect(await knock(ticket(), start + 1_000, 'new')).toBe('opened')
    const left = [...around.state.connections.keys()]
    expect(left).toHaveLength(20)
    expect(left).toContain('new')
    expect(left).not.toContain('c0')
  })
})

test('of many connections that come at once no more than twenty stay', async () => {
  const all = Array.from({ length: 60 }, (_, n) =>
    connect(
      {
        connectionId: `c${n}`,
        now: iso(start + n),
        ticket: around.world.liveTickets.write({
          id: `ticket ${n}`,
          workspaceId,
          userId: ana,
          credential,
          expiresAt: iso(start + 60_000),
        }),
      },
      around.world,
    ),
  )
  await Promise.all(all)
  expect(around.state.connections.size).toBe(20)
})

test('a ticket that is used up moves nobody out of their connection', async () => {
  const used = around.world.liveTickets.write({
    id: 'once',
    workspaceId,
    userId: ana,
    credential,
    expiresAt: iso(start + 60_000),
  })
  around.state.used.add('once')
  for (let n = 0; n < 20; n++) opened(`c${n}`, { connectedAt: iso(start + n) })
  expect(await connect({ connectionId: 'new', ticket: used, now: iso(start) }, around.world)).toBe('refused')
  expect(around.state.connections.size).toBe(20)
})

describe('a push', () => {
  test('reads anew who somebody is after a read that failed', async () => {
    opened()
    const { workspaces } = around.world
    let isDown = true
    const member = async (id: string, userId: string) => {
      if (isDown) throw new Error('throttled')
      return workspaces.member(id, userId)
    }
    const push = livePush({ ...around.world, workspaces: { member } })
    await expect(push(log(1))).rejects.toThrow('throttled')
    isDown = false
    await push(log(1))
    expect(around.state.sent).toHaveLength(1)
  })

  test('reaches everybody else although a connection cannot be closed, which is tried again', async () => {
    opened('c1')
    opened('c2', { userId: userOf('ben') })
    const close = async (): Promise<void> => {
      throw new Error('down')
    }
    const push = livePush({ ...around.world, sockets: { ...around.world.sockets, close } })
    const removed = { connections: [{ before: aConnection('c9') }] }
    await expect(push({ ...log(1), ...removed })).rejects.toThrow('down')
    expect(around.state.sent.map(({ id }) => id)).toEqual(['c1'])
    expect(around.state.connections.size).toBe(2)
  })

  test('goes out in stretches without gaps, one frame for a batch', async () => {
    opened()
    await livePush(around.world)(log(3, 4, 7))
    expect(around.state.sent).toHaveLength(1)
    const told = stretchesIn(around.state.sent.map(({ frame }) => frame))
    expect(told.map(({ since, upTo }) => [since, upTo])).toEqual([
      [2, 4],
      [6, 7],
    ])
  })

  test('never makes more than four frames in any second, however fast batches come and whoever sends', async () => {
    opened()
    const senders = [livePush(around.world), livePush(around.world)]
    for (let n = 1; n <= 30; n++) await senders[n % 2]?.(log(n))
    const times = around.state.sent.map(({ at }) => at)
    expect(times).toHaveLength(30)
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(4)
  })

  test('told again or in another order leaves a client with each event once', async () => {
    const batches = [[1, 2], [3], [4, 5, 6], [7], [8, 9]]
    const deliveries = fc.array(fc.nat(batches.length - 1), { minLength: 1, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(deliveries, async (order) => {
        around = surroundings()
        opened()
        const push = livePush(around.world)
        for (const n of order) await push(log(...(batches[n] ?? [])))
        let known = 0
        const seen: number[] = []
        for (const stretch of stretchesIn(around.state.sent.map(({ frame }) => frame))) {
          // What a client does on a gap: it reads what is missing, all that is there.
          const learnt = learn(known, stretch) ?? {
            known: Math.max(known, stretch.upTo),
            events: Array.from({ length: stretch.upTo - known }, (_, n) => eventOf(known + n + 1)),
          }
          seen.push(...learnt.events.map(({ sequence }) => sequence))
          known = learnt.known
        }
        expect(seen).toEqual(Array.from({ length: known }, (_, n) => n + 1))
      }),
      { numRuns: 60 },
    )
  })

  test('tells whoever may not see the task that numbers went by, and no more', async () => {
    around.state.members.set(ana, aMember({ userId: ana, role: 'guest' }))
    around.state.task = aTask({ createdBy: userOf('ben'), assigneeIds: [] })
    opened()
    await livePush(around.world)(log(1, 2))
    expect(around.state.sent.map(({ frame }) => frame)).toEqual([
      [{ type: 'changes', since: 0, upTo: 2, events: [] }],
    ])
  })

  test('takes no turn and reads no task where nobody is connected', async () => {
    await livePush(around.world)(log(1))
    expect(around.state.next).toBe(0)
  })

  test('forgets a connection that is gone, and goes on with the others', async () => {
    opened('c1')
    opened('c2')
    around.state.gone.add('c1')
    around.state.now = start + 15_000
    await livePush(around.world)(log(1))
    expect(around.state.sent.map(({ id }) => id)).toEqual(['c2'])
    expect([...around.state.connections.keys()]).toEqual(['c2'])
  })

  test('keeps a connection whose handshake may not be through: it looks like one that is gone', async () => {
    opened('c1')
    around.state.gone.add('c1')
    around.state.now = start + 14_999
    await livePush(around.world)(log(1))
    around.state.gone.clear()
    await livePush(around.world)(log(2))
    expect(around.state.sent.map(({ id }) => id)).toEqual(['c1'])
  })

  test('that fails for one connection is told, keeps none of the others, and is not tried again', async () => {
    opened('c1')
    opened('c2')
    const { sockets } = around.world
    const send = async (id: string, frame: string) => {
      if (id === 'c1') throw new Error('down')
      return sockets.send(id, frame)
    }
    await livePush({ ...around.world, sockets: { ...sockets, send } })(log(1))
    expect(around.state.sent.map(({ id }) => id)).toEqual(['c2'])
    expect(around.state.failures).toHaveLength(1)
  })

  test('too large for a frame says how far the client is behind', async () => {
    opened()
    const long = { ...eventOf(1), changes: [{ field: 'description', from: null, to: 'x'.repeat(130_000) }] }
    await livePush(around.world)({ ...nothing, logs: [{ workspaceId, events: [long] }] })
    expect(around.state.sent[0]?.frame).toEqual([{ type: 'behind', upTo: 1 }])
  })

  test('knows of who somebody is for two seconds, and not a moment longer', async () => {
    opened()
    const push = livePush(around.world)
    await push(log(1))
    around.state.session = { ...session, endedAt: iso(start) }
    around.state.now = start + 1_999
    await push(log(2))
    expect(around.state.sent).toHaveLength(2)
    around.state.now = start + 2_000
    await push(log(3))
    expect(around.state.sent).toHaveLength(2)
    expect(around.state.closed).toEqual(['c1'])
  })
})

describe('a connection is closed', () => {
  const expectClosedBy = async (followed: Partial<Followed>) => {
    opened()
    const push = livePush(around.world)
    await push(log(1))
    await push({ ...nothing, ...followed })
    return around.state.closed
  }
  const ended = { ...session, endedAt: iso(start) }

  test('at once by the record of its session’s end, in spite of what is kept', async () => {
    opened()
    const push = livePush(around.world)
    await push(log(1))
    around.state.session = ended
    await push({ ...nothing, sessions: [{ before: session, after: ended }] })
    expect(around.state.closed).toEqual(['c1'])
    expect(around.state.connections.size).toBe(0)
  })

  test('when its member is suspended or removed', async () => {
    const member = aMember({ userId: ana })
    opened()
    const push = livePush(around.world)
    around.state.members.clear()
    await push({ ...nothing, members: [{ before: member }] })
    expect(around.state.closed).toEqual(['c1'])
  })

  test('when its own item goes', async () => {
    const connection = aConnection('c9')
    await livePush(around.world)({ ...nothing, connections: [{ before: connection }] })
    expect(around.state.closed).toEqual(['c9'])
  })

  test('by nothing that leaves it its rights', async () => {
    const other = { ...session, id: randomUUID() }
    expect(
      await expectClosedBy({
        sessions: [{ after: other }, { before: other, after: { ...other, endedAt: iso(start) } }],
        members: [{ before: aMember({ userId: ana }), after: aMember({ userId: ana, name: 'New' }) }],
        people: [{ before: aPerson({ id: ana }), after: aPerson({ id: ana, name: 'New' }) }],
      }),
    ).toEqual([])
  })
})

describe('what a client says', () => {
  const tell = (text: string, now = start) => say({ connectionId: 'c1', text, now }, around.world)

  test('is taken ten at once and five a second; more than that ends the connection', async () => {
    opened()
    const ping = JSON.stringify({ action: 'ping' })
    for (let n = 0; n < 10; n++) expect(await tell(ping)).toEqual([{ type: 'pong' }])
    for (let n = 1; n <= 20; n++) expect(await tell(ping, start + n * 200)).toEqual([{ type: 'pong' }])
    expect(await tell(ping, start + 4_100)).toEqual([])
    expect(around.state.connections.size).toBe(0)
  })

  test('of any form leaves the connection as it is unless it is one of the messages', async () => {
    const junk = fc.oneof(fc.string(), fc.json(), fc.constant('{"action":"subscribe","taskId":"x"}'))
    await fc.assert(
      fc.asyncProperty(junk, async (text) => {
        around = surroundings()
        const before = opened()
        expect(await tell(text)).toMatchObject([{ type: 'error', code: 'invalid-message' }])
        expect(around.state.connections.get('c1')).toEqual(before)
      }),
      { numRuns: 60 },
    )
    expect(await tell('x'.repeat(4_097))).toMatchObject([{ code: 'message-too-large' }])
  })

  test('about a task that one may not see is about none', async () => {
    const before = opened()
    around.state.members.set(ana, aMember({ userId: ana, role: 'guest' }))
    for (const unseen of [undefined, aTask({ createdBy: userOf('ben'), assigneeIds: [] })]) {
      around.state.task = unseen
      for (const action of ['presence', 'subscribe'])
        expect(await tell(JSON.stringify({ action, taskId: task.id }))).toMatchObject([{ code: 'not-found' }])
    }
    expect(around.state.connections.get('c1')).toEqual(before)
  })

  test('is noted, and told to those who look at the same task and may', async () => {
    const ben = userOf('ben')
    around.state.members.set(ben, aMember({ userId: ben, role: 'guest' }))
    const before = opened('c1')
    opened('c2', { userId: ben, looksAt: task.id })
    expect(await tell(JSON.stringify({ action: 'presence', taskId: task.id }))).toEqual([])
    const after = around.state.connections.get('c1') as Connection
    around.state.task = aTask({ createdBy: ana, assigneeIds: [] })
    await livePush(around.world)({ ...nothing, connections: [{ before, after }] })
    expect(around.state.sent).toMatchObject([
      { id: 'c1', frame: [{ type: 'presence', taskId: task.id, userIds: [ana] }] },
    ])
  })
})
