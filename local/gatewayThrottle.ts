/** Requests per second, and how many at once, as stages of API Gateway have them. */
export interface RateAndBurst {
  readonly rate: number
  readonly burst: number
}

/** As generous as a stage in production: nobody at a keyboard meets it, a program that runs wild does. */
export const generous: RateAndBurst = { rate: 1000, burst: 2000 }

/** A token bucket, full at first: says of each request whether it is let through. `now` in milliseconds. */
export function tokenBucket({ rate, burst }: RateAndBurst): (now: number) => boolean {
  let tokens = burst
  let seen = Number.NEGATIVE_INFINITY
  return (now) => {
    tokens = Math.min(burst, tokens + (Math.max(0, now - seen) * rate) / 1000)
    seen = Math.max(seen, now)
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
