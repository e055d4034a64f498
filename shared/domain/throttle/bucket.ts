import type { Limit, Throttle } from '../../api/throttles.ts'

/**
 * One bucket of attempts, as a single instant: when it will be full again (the theoretical arrival time of the generic
 * cell rate algorithm, ITU-T I.371). In the past: it is full.
 */
export interface Bucket {
  /** What it is counted by, hashed. */
  readonly id: string
  readonly purpose: Throttle['purpose']
  readonly limit: Limit
}

/** Where buckets are kept. */
export interface Buckets {
  /** Takes an attempt out, or writes nothing when there is none. `fullAt` as it is then. */
  take(bucket: Bucket, now: number): Promise<{ readonly taken: boolean; readonly fullAt: number }>
  /** Puts an attempt back that was taken. */
  giveBack(bucket: Bucket): Promise<void>
}

/** Where a caller stands with one limit. */
export interface Standing {
  readonly name: 'account' | 'address'
  readonly limit: Limit
  /** Whether there was no attempt left. */
  readonly isRefused: boolean
  readonly remaining: number
  /** Seconds until the bucket is full. */
  readonly fullInSeconds: number
  /** Seconds until there is an attempt in it; 0 when there is one. */
  readonly nextInSeconds: number
}

/** Milliseconds after which one more attempt is in the bucket. */
export const intervalOf = ({ everySeconds }: Limit): number => everySeconds * 1000

/** An attempt is in the bucket as long as it will be full by then. */
export const latestFullAt = (limit: Limit, now: number): number => now + (limit.burst - 1) * intervalOf(limit)

/** The limit where so many times as many attempts are let through. */
export const widened = ({ burst, everySeconds }: Limit, factor: number): Limit => ({
  burst: Math.max(1, Math.round(burst * factor)),
  everySeconds: everySeconds / factor,
})

export const standingOf = (
  name: Standing['name'],
  limit: Limit,
  { fullAt, now, taken }: { readonly fullAt: number; readonly now: number; readonly taken: boolean },
): Standing => {
  const missingMs = Math.max(0, fullAt - now)
  return {
    name,
    limit,
    isRefused: !taken,
    remaining: Math.max(0, Math.floor(limit.burst - missingMs / intervalOf(limit))),
    fullInSeconds: Math.ceil(missingMs / 1000),
    nextInSeconds: Math.ceil(Math.max(0, fullAt - latestFullAt(limit, now)) / 1000),
  }
}
