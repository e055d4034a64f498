/**
 * What travels over a live connection (WebSocket). Clients and functions read it by these schemas; `docs/api.md` tells
 * how to use it.
 */
import * as z from 'zod/mini'
import { stretch } from './schemas/changes.ts'
import * as id from './schemas/ids.ts'
import { instant } from './schemas/time.ts'

/** Subprotocol (RFC 6455) that both sides speak; the client offers its ticket beside it, as `ticket.{ticket}`. */
export const liveProtocol = 'duely.v1'
export const ticketProtocol = 'ticket.'

export const liveTicket = z.strictObject({
  /** Good for one connection, until it expires. */
  ticket: z.string(),
  expiresAt: instant,
  /** Where to connect; `null` where this deployment has no live connections: poll the changes instead. */
  url: z.nullable(z.string()),
})
export type LiveTicket = z.infer<typeof liveTicket>

/** Largest message of a client, in bytes. */
export const largestMessage = 4_096

/** What a client says. */
export const clientMessage = z.discriminatedUnion('action', [
  /** Tell me of this task alone; without one, of the whole workspace, as at first. */
  z.strictObject({ action: z.literal('subscribe'), taskId: z.optional(id.taskId) }),
  /** I look at this task now; `null`: at none. */
  z.strictObject({ action: z.literal('presence'), taskId: z.nullable(id.taskId) }),
  z.strictObject({ action: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof clientMessage>

/** What the server tells of its own accord, or in answer. */
const news = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changes'), ...stretch }),
  /** More has happened than a frame holds: read it from `/changes`. */
  z.strictObject({ type: z.literal('behind'), upTo: z.int() }),
  /** A row of my inbox has come or changed. */
  z.strictObject({ type: z.literal('notification'), notificationId: id.notificationId }),
  /** Who looks at the task that I look at. */
  z.strictObject({ type: z.literal('presence'), taskId: id.taskId, userIds: z.array(id.userId) }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({
    type: z.literal('error'),
    code: z.enum(['invalid-message', 'message-too-large', 'not-found']),
    detail: z.string(),
  }),
])
export type News = z.infer<typeof news>

/** One frame: news in their order. At most four a second, answers to own messages apart. */
export const liveFrame = z.array(news)
export type LiveFrame = z.infer<typeof liveFrame>

type Stretch = Extract<News, { type: 'changes' }>

/**
 * What a client that knows all numbers up to `known` learns from a stretch; `undefined`: numbers before it are missing,
 * read them from `/changes`. A stretch that comes again tells nothing new.
 */
export const learn = (
  known: number,
  { since, upTo, events }: Pick<Stretch, 'since' | 'upTo' | 'events'>,
): { readonly known: number; readonly events: Stretch['events'] } | undefined =>
  since > known
    ? undefined
    : { known: Math.max(known, upTo), events: events.filter(({ sequence }) => sequence > known) }
