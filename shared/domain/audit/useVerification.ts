import type { Verification } from '../../api/schemas/audit.ts'
import type { Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { follows, genesisOf, type Head, isDenied, type Link } from './chain.ts'
import type { AuditEvent } from './event.ts'
import { placeFrom, writtenPlace } from './place.ts'
import type { Place } from './ports.ts'
import type { AuditWorld } from './useAudit.ts'

/** Entries that one call looks at. */
const most = 500

interface Walk {
  readonly checked: readonly AuditEvent[]
  /** The first entry that does not follow. */
  readonly brokenAt?: number
}

/** Where the call before ended, with the hash to go on from. */
interface Position {
  readonly place: Place | undefined
  readonly link: Link
}

const positionFrom = (workspaceId: string, text: string | undefined): Position => {
  if (text === undefined) return { place: undefined, link: { sequence: 0, hash: genesisOf(workspaceId) } }
  const place = placeFrom(text)
  return { place, link: { sequence: place.sequence, hash: text.slice(text.lastIndexOf('#') + 1) } }
}

const endOf = ({ auditSequence: sequence, auditHash: hash }: Head): Link => ({ sequence, hash })

const walk = (from: Link, entries: readonly AuditEvent[], heads: readonly Head[]): Walk => {
  const ends = heads.map(endOf)
  let previous = from
  for (const [index, entry] of entries.entries()) {
    if (!follows(entry, previous) || isDenied(entry, ends)) {
      return { checked: entries.slice(0, index + 1), brokenAt: entry.sequence }
    }
    previous = entry
  }
  return { checked: entries }
}

interface Loaded {
  readonly slice: Slice<AuditEvent>
  readonly head: Head
}

/** What was written between the two reads that a call begins with, if anything. */
const written = async (
  { slice, head }: Loaded,
  { place, link }: Position,
  ask: VerifyAsk,
  world: AuditWorld,
) => {
  const last = slice.items.at(-1)
  const isShort = !slice.more && (last?.sequence ?? link.sequence) < head.auditSequence
  if (!isShort) return slice
  const behind = await world.audit.walk(ask.params.workspaceId, most, last ?? place)
  return { items: [...slice.items, ...behind.items], more: behind.more }
}

/** The head that was read beside the entries, and, where they go on behind it, the one that it has become since. */
const headsOver = async (
  items: readonly AuditEvent[],
  head: Head,
  ask: VerifyAsk,
  world: AuditWorld,
): Promise<Head[]> => {
  const isBehind = items.some(({ sequence }) => sequence > head.auditSequence)
  return isBehind ? [head, await world.audit.head(ask.params.workspaceId)] : [head]
}

const linkOf = ({ sequence, hash }: Link): Link => ({ sequence, hash })

type VerifyAsk = Ask<{ workspaceId: string }>

/**
 * Walks the audit log from its beginning, call by call: each entry must be what its hash says, and follow upon the one
 * before; the last one must be that which the sequence names.
 */
export const verifyAudit: UseCase<VerifyAsk, AuditWorld, Loaded, Verification> = {
  load: async ({ params: { workspaceId }, position }, { audit }) => {
    const { place } = positionFrom(workspaceId, position)
    const [slice, head] = await Promise.all([audit.walk(workspaceId, most, place), audit.head(workspaceId)])
    return { slice, head }
  },
  run: async ({ ask }, loaded, world) => {
    const from = positionFrom(ask.params.workspaceId, ask.position)
    const { items, more } = await written(loaded, from, ask, world)
    const { checked, brokenAt } = walk(from.link, items, await headsOver(items, loaded.head, ask, world))
    const [first, last] = [checked.at(0), checked.at(-1)]
    const isCut = !more && (last ?? from.link).sequence < loaded.head.auditSequence
    const broken = brokenAt ?? (isCut ? loaded.head.auditSequence : undefined)
    const isValid = broken === undefined
    return {
      body: {
        valid: isValid,
        checked: checked.length,
        first: first === undefined ? null : linkOf(first),
        last: last === undefined ? null : linkOf(last),
        ...(broken !== undefined && { brokenAt: broken }),
      },
      nextPosition: isValid && more && last ? `${writtenPlace(last)}#${last.hash}` : undefined,
    }
  },
}
