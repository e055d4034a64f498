import type { Written } from '../ports.ts'
import { daysAfter } from '../time/daysAfter.ts'

/** Why no mails go to an address: it does not exist, or whoever reads it called our mail spam. */
export type SuppressionCause = 'bounced' | 'complained'

export interface Suppression {
  readonly cause: SuppressionCause
  /** When the mail service said so, RFC 3339. */
  readonly at: string
  /** When the person asked for mails again; `null` while none are sent. */
  readonly liftedAt: string | null
  readonly version: number
}

/** Kept by a hash of the address, in lower case; the table does not say whose it is. */
export interface Suppressions {
  suppression(address: string): Promise<Suppression | undefined>
  /** Loses to any write since `seen`. */
  write(address: string, next: Suppression, seen: Suppression | undefined): Promise<Written<Suppression>>
}

/** How long nobody may undo a complaint: mail services count those who go on sending. */
const complaintDays = 7

export const holds = (suppression: Suppression | undefined): suppression is Suppression =>
  suppression !== undefined && suppression.liftedAt === null

/** When the person may have mails again, RFC 3339. */
export const liftableFrom = ({ cause, at }: Suppression): string =>
  cause === 'bounced' ? at : daysAfter(at, complaintDays)

/**
 * What stands after the mail service has said something; the very same object when it says nothing new. What happened
 * before the person asked for mails again is over, and a bounce does not take a complaint's place.
 */
const after = (
  seen: Suppression | undefined,
  { cause, at }: Pick<Suppression, 'cause' | 'at'>,
): Suppression | undefined => {
  const next = { cause, at, liftedAt: null, version: (seen?.version ?? 0) + 1 }
  if (seen === undefined) return next
  if (seen.liftedAt !== null) return at > seen.liftedAt ? next : seen
  const isWorse = seen.cause === 'bounced' && cause === 'complained'
  const isLater = seen.cause === cause && at > seen.at
  return isWorse || isLater ? next : seen
}

/** Writes what `change` makes of the suppression, from whatever it is by then. Answers what stands there after. */
const revise = async (
  address: string,
  suppressions: Suppressions,
  change: (seen: Suppression | undefined) => Suppression | undefined,
): Promise<Suppression | undefined> => {
  for (let seen = await suppressions.suppression(address); ; ) {
    const next = change(seen)
    if (next === undefined || next === seen) return seen
    const result = await suppressions.write(address, next, seen)
    if (result.won) return next
    seen = result.present
  }
}

/** Sends no more mails to the address. The same event twice is one. */
export const suppress = (
  address: string,
  fact: Pick<Suppression, 'cause' | 'at'>,
  suppressions: Suppressions,
): Promise<unknown> => revise(address, suppressions, (seen) => after(seen, fact))

/**
 * Sends mails again to an address that has just proved to take them, or whose owner asks for it, where that may be.
 * @returns what stands there after: one that still `holds` may not be lifted yet
 */
export const lift = (
  address: string,
  now: string,
  suppressions: Suppressions,
): Promise<Suppression | undefined> =>
  revise(address, suppressions, (seen) =>
    holds(seen) && liftableFrom(seen) <= now
      ? { ...seen, liftedAt: now, version: seen.version + 1 }
      : undefined,
  )
