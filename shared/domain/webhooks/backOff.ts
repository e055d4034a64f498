const minute = 60
const hour = 60 * minute

/** Seconds to wait after each attempt that failed; after the last of them nothing more is tried. */
const waits = [5, 30, 2 * minute, 10 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour]

/** Each wait is longer by up to this part of it, so that what failed together is not tried together. */
const jitter = 0.2

/** The longest that a queue holds a message back. */
export const mostQueueSeconds = 900

/** When what was handed to the queue is looked after, should nothing have come of it. */
export const safetySeconds = 300

/**
 * Whole seconds until the next attempt; `undefined` when there is none.
 * @param attempted attempts so far, at least one
 * @param random 0 to 1
 */
export const waitAfter = (attempted: number, random: number): number | undefined => {
  const wait = waits[attempted - 1]
  return wait === undefined ? undefined : Math.round(wait * (1 + jitter * random))
}
