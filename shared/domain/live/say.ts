import { type ClientMessage, clientMessage, largestMessage, type News } from '../../api/live.ts'
import { readable } from '../access/named.ts'
import type { Tasks } from '../ports.ts'
import type { Connections, Pointer } from './connection.ts'
import { type StandingWorld, standingOf } from './standing.ts'

export interface SayWorld extends StandingWorld {
  readonly connections: Connections
  readonly tasks: Pick<Tasks, 'task'>
}

/** Five messages a second, ten at once. */
const costMs = 200
const creditMs = 2_000

const tooLarge: News = {
  type: 'error',
  code: 'message-too-large',
  detail: `A message may have ${largestMessage} bytes at most.`,
}
const invalid: News = {
  type: 'error',
  code: 'invalid-message',
  detail: 'A message must be JSON: subscribe, presence or ping, as the API guide describes them.',
}
const unknownTask: News = { type: 'error', code: 'not-found', detail: 'There is no such task.' }

const parsed = (text: string): ClientMessage | undefined => {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data
  } catch {
    // No JSON: the client is told, whatever it was.
    return undefined
  }
}

/** Several messages at once may come to be counted at once: each of them looks again. */
const attempts = 10

/** Pays for a message; false to whoever says too much. */
const pay = async (pointer: Pointer, now: number, connections: Connections): Promise<boolean> => {
  let seen: Pointer | undefined = pointer
  for (let n = 0; n < attempts && seen !== undefined; n++) {
    const paidUntil = Math.max(now, seen.paidUntil) + costMs
    if (paidUntil - now > creditMs) return false
    if (await connections.spend(seen, paidUntil)) return true
    seen = await connections.pointer(pointer.id)
  }
  return false
}

/** Whether somebody may name a task: as with any task of a request, one they may not see is not there. */
const mayName = async (pointer: Pointer, taskId: string, now: string, world: SayWorld): Promise<boolean> => {
  const [member, task] = await Promise.all([
    standingOf(pointer, now, world),
    world.tasks.task(pointer.workspaceId, taskId),
  ])
  return member !== undefined && task?.purge === null && readable(task, member) !== undefined
}

const act = async (
  pointer: Pointer,
  message: ClientMessage,
  now: number,
  world: SayWorld,
): Promise<News[]> => {
  if (message.action === 'ping') return [{ type: 'pong' }]
  const taskId = message.taskId ?? null
  const isKnown = taskId === null || (await mayName(pointer, taskId, new Date(now).toISOString(), world))
  if (!isKnown) return [unknownTask]
  await world.connections.change(
    pointer,
    message.action === 'subscribe' ? { subscribedTo: taskId } : { looksAt: taskId },
  )
  return []
}

/**
 * What is answered to a message of a client. Who says too much loses the connection: it goes with its items.
 * @param now milliseconds since the epoch
 */
export const say = async (
  { connectionId, text, now }: { readonly connectionId: string; readonly text: string; readonly now: number },
  world: SayWorld,
): Promise<News[]> => {
  const { connections } = world
  const pointer = await connections.pointer(connectionId)
  if (pointer === undefined) return []
  if (!(await pay(pointer, now, connections))) {
    await connections.remove(pointer)
    return []
  }
  if (Buffer.byteLength(text) > largestMessage) return [tooLarge]
  const message = parsed(text)
  return message === undefined ? [invalid] : act(pointer, message, now, world)
}
