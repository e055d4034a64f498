import type { Verification } from '../../api/schemas/audit.ts'
import { type EventLog, gapless } from '../live/useChanges.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { genesisOf, type Head, isDenied, isIntact, type Link } from './chain.ts'
import type { NumberedEvent } from './event.ts'
import { type Look, verified } from './look.ts'
import type { AuditLog } from './ports.ts'

export interface WholeWorld {
  readonly log: Pick<EventLog, 'stretch'>
  readonly audit: Pick<AuditLog, 'head'>
}

/** Events that one look sees. */
const most = 200

const linkFrom = (workspaceId: string, position: string | undefined): Link => {
  const [sequence = '0', hash = genesisOf(workspaceId)] = position?.split('#') ?? []
  return { sequence: Number(sequence), hash }
}

const linkOf = ({ sequence, hash = '' }: NumberedEvent): Link => ({ sequence, hash })

type VerifyAsk = Ask<{ workspaceId: string }>
interface Loaded {
  readonly events: readonly NumberedEvent[]
  readonly head: Head
}

const read = async (workspaceId: string, from: Link, { log, audit }: WholeWorld): Promise<Loaded> => {
  const [events, head] = await Promise.all([
    log.stretch(workspaceId, from.sequence, most),
    audit.head(workspaceId),
  ])
  return { events, head }
}

/** How many of them follow one upon the other. */
const countGood = (from: Link, events: readonly NumberedEvent[], head: Head): number => {
  let previous = from.hash
  for (const [index, event] of events.entries()) {
    const link = linkOf(event)
    const isNext = event.previousHash === previous && isIntact(event)
    if (!isNext || isDenied(link, head)) return index
    previous = link.hash
  }
  return events.length
}

/** Of a page that was cut short the next one tells. */
const look = (from: Link, { events, head }: Loaded): Look<NumberedEvent> => {
  const found = gapless(from.sequence, events)
  const good = found.slice(0, countGood(from, found, head))
  const wrong = found[good.length]
  const end = from.sequence + good.length
  const more = end < head.sequence
  const isCut = found.length === 0 && more
  return { good, more, ...(wrong && { wrong }), ...((wrong || isCut) && { brokenAt: end + 1 }) }
}

/**
 * Walks the whole log of a workspace from its beginning, call by call: each event must be what its hash says, bear the
 * number and the hash that follow upon the one before, and the last must be that which the sequence names. What does
 * not is looked at once more.
 */
export const verifyHistory: UseCase<VerifyAsk, WholeWorld, Loaded, Verification> = {
  load: ({ params: { workspaceId }, position }, world) =>
    read(workspaceId, linkFrom(workspaceId, position), world),
  run: async ({ ask }, loaded, world) => {
    const { workspaceId } = ask.params
    const from = linkFrom(workspaceId, ask.position)
    const lookAgain = async () => look(from, await read(workspaceId, from, world))
    return verified(look(from, loaded), lookAgain, (last) => `${last.sequence}#${last.hash}`)
  },
}
