import { createHmac } from 'node:crypto'
import type { ProblemCode } from '../../api/problems.ts'
import type { Throttle } from '../../api/throttles.ts'
import { Failure } from '../failure.ts'
import type { Outcome } from '../useCase.ts'
import { type Bucket, type Buckets, intervalOf, type Standing, standingOf, widened } from './bucket.ts'
import { networkOf } from './network.ts'

export interface PaceSettings {
  /** Key of the deployment, under which accounts and addresses are hashed: the table holds neither. */
  readonly key: string
  /** How many times what is declared by address is let through. */
  readonly addressFactor: number
}

/** Whom an attempt is counted by. */
interface Subject {
  /** The mail address that it is about, in lower case. */
  readonly account: string
  /** Where it comes from: an IP address. */
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

type Run<Body> = () => Promise<Outcome<Body>>

/** Runs an attempt if there is one left, and says where the caller stands after it. */
export type Pace = <Body>(throttle: Throttle, subject: Subject, run: Run<Body>) => Promise<Outcome<Body>>

type Named = Bucket & { readonly name: Standing['name'] }

const idOf = (key: string, name: Standing['name'], text: string): string =>
  createHmac('sha256', key).update(`throttle\n${name}\n${text}`).digest('base64url').slice(0, 22)

/**
 * By address first: what is refused there takes nothing from the account, so that a flood from one place does not use
 * up what the account's owner needs elsewhere.
 */
const bucketsOf = (
  { purpose, account, address }: Throttle,
  subject: Subject,
  { key, addressFactor }: PaceSettings,
): Named[] => [
  {
    name: 'address',
    id: idOf(key, 'address', networkOf(subject.address)),
    purpose,
    limit: widened(address, addressFactor),
  },
  { name: 'account', id: idOf(key, 'account', subject.account), purpose, limit: account },
]

/** Refusals after which nothing was guessed, and nothing mailed: of a request's form, and for want of a second factor. */
const withoutGuess: readonly ProblemCode[] = ['invalid-request', 'invalid-password', 'mfa-required']
const guessedNothing = (error: unknown): boolean =>
  error instanceof Failure && withoutGuess.includes(error.code)

const tooMany = (standings: readonly Standing[]): Failure => {
  const retryAfterSeconds = Math.max(...standings.map(({ nextInSeconds }) => nextInSeconds))
  const detail = `Too many attempts. The next one is taken in ${retryAfterSeconds} seconds.`
  return new Failure('too-many-requests', detail, { standings, retryAfterSeconds })
}

const told = (error: unknown, standings: readonly Standing[]): unknown =>
  error instanceof Failure ? error.standing(standings) : error

/**
 * Counts attempts before they are made, so that they count however they end, and no two of them at once overtake the
 * count. What is given back afterwards is what the attempt itself took and no more: were the bucket filled by a
 * success, then whoever watches it would see that somebody has signed in, hence that there is an account.
 */
export const paceWith =
  (buckets: Buckets, settings: PaceSettings): Pace =>
  async (throttle, subject, run) => {
    const { now } = subject
    const all = bucketsOf(throttle, subject, settings)
    const found: Awaited<ReturnType<Buckets['take']>>[] = []
    const standings = (given = 0): Standing[] =>
      found.map(({ fullAt, taken }, n) => {
        const { name, limit } = all[n] as Named
        return standingOf(name, limit, {
          fullAt: fullAt - given * intervalOf(limit),
          now,
          taken,
        })
      })
    // A success stays one should the table not take it back: then it counts, and that is all.
    const giveBack = () => Promise.allSettled(all.map((bucket) => buckets.giveBack(bucket)))

    for (const bucket of all) {
      const one = await buckets.take(bucket, now)
      found.push(one)
      if (!one.taken) throw tooMany(standings())
    }
    try {
      const outcome = await run()
      if (throttle.counts === 'all') return { ...outcome, standings: standings() }
      await giveBack()
      return { ...outcome, standings: standings(1) }
    } catch (error) {
      if (!guessedNothing(error)) throw told(error, standings())
      await giveBack()
      throw told(error, standings(1))
    }
  }
