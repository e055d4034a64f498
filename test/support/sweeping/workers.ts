/** A message as a worker gets it: when it was handed to the queue, when it was due. */
export interface Handed {
  readonly at: number
  readonly due: number
}

export interface Workers {
  /** Invocations at once, messages of one, milliseconds for one message. */
  readonly concurrency: number
  readonly batch: number
  readonly each: number
}

/**
 * How late messages are when they are done, in milliseconds, sorted: workers take batches in the order in which they
 * were handed over, and one message of a batch after the other.
 */
export const latenesses = (handed: readonly Handed[], { concurrency, batch, each }: Workers): number[] => {
  const waiting = handed.toSorted((a, b) => a.at - b.at)
  const free = Array<number>(concurrency).fill(0)
  const late: number[] = []
  for (let from = 0; from < waiting.length; from += batch) {
    const some = waiting.slice(from, from + batch)
    const worker = free.indexOf(Math.min(...free))
    const start = Math.max(free[worker] ?? 0, some.at(-1)?.at ?? 0)
    late.push(...some.map(({ due }, n) => start + (n + 1) * each - due))
    free[worker] = start + some.length * each
  }
  return late.sort((a, b) => a - b)
}

/** The value that so much of a sorted list (0 to 1) does not exceed. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
