import type { Verification } from '../../api/schemas/audit.ts'
import type { Outcome } from '../useCase.ts'
import type { Link } from './chain.ts'

type Entry = Pick<Link, 'sequence'> & Partial<Link>

/** What a look at a part of a chain finds. */
export interface Look<E extends Entry> {
  /** Those that follow one upon the other from where the look began. */
  readonly good: readonly E[]
  /** The one behind them that does not. */
  readonly wrong?: E
  /** The number at which the chain is broken: of that one, or of one that is missing. */
  readonly brokenAt?: number
  /** Whether there are others behind those that were looked at. */
  readonly more: boolean
}

/**
 * Of a transaction that is just being written a read may see a part, which looks like tampering. So what breaks a
 * chain is looked at once more, and is broken only if that gets no further. If it does, what stands in the way further
 * on was seen once: the next call judges it.
 */
const lookedTwice = async <E extends Entry>(
  first: Look<E>,
  lookAgain: () => Promise<Look<E>>,
): Promise<Look<E>> => {
  if (first.brokenAt === undefined) return first
  // Not from the last good one on: where an entry says that it stands, and where it does, may be two places.
  const second = await lookAgain()
  if (second.good.length <= first.good.length) return second
  return { good: second.good, more: second.more || second.brokenAt !== undefined }
}

const placeOf = (entry: Entry | undefined): Link | null =>
  entry === undefined ? null : { sequence: entry.sequence, hash: String(entry.hash) }

const verdictOn = <E extends Entry>({ good, wrong, brokenAt }: Look<E>): Verification => {
  const seen = wrong === undefined ? good : [...good, wrong]
  return {
    valid: brokenAt === undefined,
    checked: seen.length,
    first: placeOf(seen.at(0)),
    last: placeOf(seen.at(-1)),
    ...(brokenAt !== undefined && { brokenAt }),
  }
}

/** What a verification answers that has looked, and where the next call goes on: behind the last good one. */
export const verified = async <E extends Entry>(
  first: Look<E>,
  lookAgain: () => Promise<Look<E>>,
  placeBehind: (last: E) => string,
): Promise<Outcome<Verification>> => {
  const seen = await lookedTwice(first, lookAgain)
  const last = seen.good.at(-1)
  const goesOn = seen.brokenAt === undefined && seen.more
  return { body: verdictOn(seen), nextPosition: goesOn && last ? placeBehind(last) : undefined }
}
