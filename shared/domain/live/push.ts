import { readable } from '../access/named.ts'
import { allSettled } from '../allSettled.ts'
import { inParallel } from '../jobs/inParallel.ts'
import type { Followed, Follower } from '../pipeline/followed.ts'
import type { Tasks } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type Batch, isEmpty, type Lookers, newsFor, written } from './batch.ts'
import { batchesOf, whoseAccessChanged } from './batches.ts'
import type { Connection, Connections, Sockets } from './connection.ts'
import { type KeptStandings, keptStandings, type StandingWorld } from './standing.ts'
import { tasksOf } from './useChanges.ts'

export interface PushWorld extends StandingWorld {
  readonly tasks: Pick<Tasks, 'task'>
  readonly connections: Connections
  readonly sockets: Sockets
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Told of what could not be sent; the client finds the gap by the numbers. */
  readonly failed: (error: unknown) => void
}

/**
 * Between frames to one workspace: fewer than four a second reach each connection, whichever function sends. The more
 * are connected the more goes into one frame, so that sending never is all that is done; at most a second, since others'
 * news waits behind.
 */
const turnMs = (connections: number): number => Math.min(300 + 2 * connections, 1_000)
/**
 * A handshake may take so long. Until it is through, API Gateway says of its connection what it says of one that is gone;
 * what was missed by then the client reads when it begins.
 */
const openingMs = 15_000
/** Frames under way at once. */
const atOnce = 50

type Told = readonly [Connection, Member]

/** Deals with each, whatever becomes of the others; then throws what the first could not do. */
const inTurns = async <T>(all: readonly T[], deal: (one: T) => Promise<void>): Promise<void> => {
  const failures: unknown[] = []
  await inParallel(all, atOnce, (one) => deal(one).catch((error: unknown) => failures.push(error)))
  if (failures.length > 0) throw failures[0]
}

/** Those that may still be told something, with their members; and the others. */
const standing = async (
  all: readonly Connection[],
  standings: KeptStandings,
): Promise<{ readonly told: Told[]; readonly ended: Connection[] }> => {
  const members = await Promise.all(all.map((connection) => standings.of(connection)))
  const told = all.flatMap((connection, index): Told[] => {
    const member = members[index]
    return member === undefined ? [] : [[connection, member]]
  })
  return { told, ended: all.filter((_, index) => members[index] === undefined) }
}

const end = async (connection: Connection, { sockets, connections }: PushWorld): Promise<void> => {
  await sockets.close(connection.id)
  await connections.remove(connection)
}

const waitForTurn = async (workspaceId: string, count: number, world: PushWorld): Promise<void> => {
  const { connections, clock, sleep } = world
  for (;;) {
    const wait = await connections.takeTurn(workspaceId, clock(), turnMs(count))
    if (wait === 0) return
    await sleep(wait)
  }
}

type Found = Awaited<ReturnType<typeof tasksOf>>

const mayLook = ({ looksAt }: Connection, member: Member, tasks: Found): boolean =>
  looksAt !== null && readable(tasks.get(looksAt), member) !== undefined

/** Who looks at each of these tasks and may still read it, once however many connections they have. */
const lookersAt = (told: readonly Told[], tasks: Found): Lookers => {
  const looking = told.filter(([connection, member]) => mayLook(connection, member, tasks))
  const byTask = Map.groupBy(looking, ([{ looksAt }]) => String(looksAt))
  return new Map(
    [...byTask].map(([taskId, all]) => [taskId, [...new Set(all.map(([{ userId }]) => userId))].sort()]),
  )
}

const tasksIn = async ({ workspaceId, events, watched }: Batch, { tasks }: PushWorld) => {
  const [ofEvents, looked] = await Promise.all([
    tasksOf(workspaceId, events, tasks),
    Promise.all([...watched].map(async (id) => [id, await tasks.task(workspaceId, id)] as const)),
  ])
  return new Map([...ofEvents, ...looked])
}

const push = async (batch: Batch, standings: KeptStandings, world: PushWorld): Promise<void> => {
  const { workspaceId } = batch
  // Most workspaces have nobody looking at the time: they take no turn.
  const count = (await world.connections.to(workspaceId)).length
  if (count === 0) return
  await waitForTurn(workspaceId, count, world)
  const [all, tasks] = await Promise.all([world.connections.to(workspaceId), tasksIn(batch, world)])
  const { told, ended } = await standing(all, standings)
  const lookers = lookersAt(told, tasks)
  await inTurns(told, async ([connection, member]) => {
    const shown = mayLook(connection, member, tasks) ? lookers : new Map()
    const news = newsFor(connection, member, batch, { tasks, lookers: shown })
    if (news.length > 0) await send(connection, written(news), world)
  })
  await inTurns(ended, (connection) => end(connection, world))
}

/** A frame that does not get through is not sent again: the next one shows by its numbers that it is missing. */
const send = async (connection: Connection, frame: string, world: PushWorld): Promise<void> => {
  try {
    const isOpening = Date.parse(connection.connectedAt) + openingMs > world.clock()
    if ((await world.sockets.send(connection.id, frame)) || isOpening) return
    await world.connections.remove(connection)
  } catch (error) {
    world.failed(error)
  }
}

/** Closes connections of people who may have lost what they had them by. */
const closeEnded = async (followed: Followed, standings: KeptStandings, world: PushWorld): Promise<void> => {
  const { people, members, removed } = whoseAccessChanged(followed)
  standings.forget(new Set([...people, ...members.map(({ userId }) => userId)]))
  const theirs = await Promise.all([
    ...[...people].map((userId) => world.connections.of(userId)),
    ...members.map(({ workspaceId, userId }) => world.connections.to(workspaceId, userId)),
  ])
  const { ended } = await standing(theirs.flat(), standings)
  await allSettled([
    inTurns(removed, ({ id }) => world.sockets.close(id)),
    inTurns(ended, (connection) => end(connection, world)),
  ])
}

/** Tells open connections what has happened, each as its member may see it at this moment. */
export const livePush = (world: PushWorld): Follower => {
  const standings = keptStandings(world, world.clock)
  return async (followed) => {
    const closing = closeEnded(followed, standings, world)
    const pushing = async () => {
      // One that cannot be closed now is told nothing all the same, and keeps none of the others.
      await Promise.allSettled([closing])
      const batches = batchesOf(followed).filter((batch) => !isEmpty(batch))
      await allSettled(batches.map((batch) => push(batch, standings, world)))
    }
    await allSettled([closing, pushing()])
  }
}
