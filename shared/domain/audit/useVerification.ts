import type { Verification } from '../../api/schemas/audit.ts'
import type { Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { follows, genesisOf, type Head, isDenied, type Link } from './chain.ts'
import type { AuditEvent } from './event.ts'
import { type Look, verified } from './look.ts'
import { placeFrom, writtenPlace } from './place.ts'
import type { Place } from './ports.ts'
import type { AuditWorld } from './useAudit.ts'

/** Entries that one look sees. */
const most = 500

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

interface Loaded {
  readonly slice: Slice<AuditEvent>
  readonly head: Head
}

const read = async (workspaceId: string, { place }: Position, { audit }: AuditWorld): Promise<Loaded> => {
  const [slice, head] = await Promise.all([audit.walk(workspaceId, most, place), audit.head(workspaceId)])
  return { slice, head }
}

/** Of one that bears no number at all: the first that it could have. */
const numberOf = ({ sequence }: AuditEvent, previous: Link): number =>
  Number.isSafeInteger(sequence) ? sequence : previous.sequence + 1

const look = ({ link }: Position, { slice: { items, more }, head }: Loaded): Look<AuditEvent> => {
  const end = { sequence: head.auditSequence, hash: head.auditHash }
  let previous = link
  for (const [index, wrong] of items.entries()) {
    if (!follows(wrong, previous) || isDenied(wrong, end)) {
      return { good: items.slice(0, index), wrong, brokenAt: numberOf(wrong, previous), more }
    }
    previous = wrong
  }
  const isCut = !more && previous.sequence < end.sequence
  return { good: items, more, ...(isCut && { brokenAt: end.sequence }) }
}

type VerifyAsk = Ask<{ workspaceId: string }>

/**
 * Walks the audit log from its beginning, call by call: each entry must be what its hash says, and follow upon the one
 * before; the last one must be that which the sequence names. What does not is looked at once more.
 */
export const verifyAudit: UseCase<VerifyAsk, AuditWorld, Loaded, Verification> = {
  load: ({ params: { workspaceId }, position }, world) =>
    read(workspaceId, positionFrom(workspaceId, position), world),
  run: async ({ ask }, loaded, world) => {
    const { workspaceId } = ask.params
    const from = positionFrom(workspaceId, ask.position)
    const lookAgain = async () => look(from, await read(workspaceId, from, world))
    return verified(look(from, loaded), lookAgain, (last) => `${writtenPlace(last)}#${last.hash}`)
  },
}
