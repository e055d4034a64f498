import type { LiveTicket } from '../../api/live.ts'
import { secondsAfter } from '../time/secondsAfter.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Tickets } from './connection.ts'

const lifeSeconds = 60

export interface TicketWorld {
  readonly liveTickets: Tickets
  /** Where live connections are opened; empty where there are none. */
  readonly liveUrl: string
  readonly newTicketId: () => string
}

/** A ticket says by itself what it is good for: it is remembered only once it has been used. */
export const createLiveTicket: UseCase<
  Ask<{ workspaceId: string }, Record<string, never>, Record<string, never>>,
  TicketWorld,
  undefined,
  LiveTicket
> = {
  run: async ({ ask }, _loaded, { liveTickets, liveUrl, newTicketId }) => {
    const { params, userId, sessionId, token, mark, now } = ask
    const expiresAt = secondsAfter(now, lifeSeconds)
    const ticket = liveTickets.write({
      // A request that is sent again gets the same ticket, not a second one.
      id: mark?.key ?? newTicketId(),
      workspaceId: params.workspaceId,
      userId,
      credential:
        token === undefined
          ? { kind: 'session', sessionId }
          : { kind: 'token', slot: token.slot, hash: token.hash },
      expiresAt,
    })
    return { body: { ticket, expiresAt, url: liveUrl === '' ? null : liveUrl } }
  },
}
