import type { Verification } from '../../api/schemas/audit.ts'
import { type EventLog, gapless } from '../live/useChanges.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { genesisOf, type Head, isDenied, isIntact, type Link } from './chain.ts'
import type { NumberedEvent } from './event.ts'
import type { AuditLog } from './ports.ts'

export interface WholeWorld {
  readonly log: Pick<EventLog, 'stretch'>
  readonly audit: Pick<AuditLog, 'head'>
}

/** Events that one call looks at. */
const most = 200

const linkFrom = (workspaceId: string, position: string | undefined): Link => {
  const [sequence = '0', hash = genesisOf(workspaceId)] = position?.split('#') ?? []
  return { sequence: Number(sequence), hash }
}

type VerifyAsk = Ask<{ workspaceId: string }>
interface Loaded {
  readonly events: readonly NumberedEvent[]
  readonly head: Head
}

/** Of a page that was cut short the next one tells; what was just being written is there when it is read once more. */
const present = async (from: Link, { events, head }: Loaded, ask: VerifyAsk, { log }: WholeWorld) => {
  const found = gapless(from.sequence, events)
  if (found.length > 0 || head.sequence <= from.sequence) return found
  return gapless(from.sequence, await log.stretch(ask.params.workspaceId, from.sequence, most))
}

const headsOver = async (
  events: readonly NumberedEvent[],
  head: Head,
  ask: VerifyAsk,
  { audit }: WholeWorld,
): Promise<Head[]> => {
  const isBehind = events.some(({ sequence }) => sequence > head.sequence)
  return isBehind ? [head, await audit.head(ask.params.workspaceId)] : [head]
}

/** How many of them follow one upon the other. */
const countGood = (from: Link, events: readonly NumberedEvent[], heads: readonly Head[]): number => {
  let previous = from.hash
  for (const [index, event] of events.entries()) {
    const { sequence, hash = '' } = event
    const isNext = event.previousHash === previous && isIntact(event)
    if (!isNext || isDenied({ sequence, hash }, heads)) return index
    previous = hash
  }
  return events.length
}

const place = (event: NumberedEvent | undefined): Link | null =>
  event === undefined ? null : { sequence: event.sequence, hash: String(event.hash) }

/**
 * Walks the whole log of a workspace from its beginning, call by call: each event must be what its hash says, bear the
 * number and the hash that follow upon the one before, and the last must be that which the sequence names.
 */
export const verifyHistory: UseCase<VerifyAsk, WholeWorld, Loaded, Verification> = {
  load: async ({ params: { workspaceId }, position }, { log, audit }) => {
    const [events, head] = await Promise.all([
      log.stretch(workspaceId, linkFrom(workspaceId, position).sequence, most),
      audit.head(workspaceId),
    ])
    return { events, head }
  },
  run: async ({ ask }, loaded, world) => {
    const from = linkFrom(ask.params.workspaceId, ask.position)
    const events = await present(from, loaded, ask, world)
    const good = countGood(from, events, await headsOver(events, loaded.head, ask, world))
    const end = from.sequence + good
    const isWhole = good === events.length
    const isCut = events.length === 0 && end < loaded.head.sequence
    const [first, last] = [events.at(0), events.at(Math.min(good, events.length - 1))]
    return {
      body: {
        valid: isWhole && !isCut,
        checked: isWhole ? good : good + 1,
        first: place(first),
        last: place(last),
        ...((!isWhole || isCut) && { brokenAt: end + 1 }),
      },
      nextPosition:
        isWhole && !isCut && end < loaded.head.sequence ? `${end}#${events.at(-1)?.hash}` : undefined,
    }
  },
}
