import { vi } from 'vitest'

/** Something that lies ahead; cancelled, it never happens. */
interface Ahead {
  readonly at: number
  readonly order: number
  readonly run: () => unknown
  isCancelled: boolean
}

/** Everything that waits for what has just happened goes on until nothing can without time passing. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Virtual time: whatever comes next happens at once, however far off it lies. `Date` and `setTimeout` of the code
 * under test follow it. Instants are milliseconds since the epoch.
 */
export const virtualTime = (start: number) => {
  let now = start
  let order = 0
  let lying: Ahead[] = []

  /** Answers what cancels it. */
  const at = (instant: number, run: () => unknown): (() => void) => {
    const ahead: Ahead = { at: Math.max(instant, now), order: order++, run, isCancelled: false }
    const behind = lying.findLastIndex((other) => other.at <= ahead.at)
    lying.splice(behind + 1, 0, ahead)
    return () => {
      ahead.isCancelled = true
    }
  }
  const after = (milliseconds: number, run: () => unknown) => at(now + milliseconds, run)
  const next = (): Ahead | undefined => {
    while (lying[0]?.isCancelled === true) lying.shift()
    return lying[0]
  }
  return {
    now: () => now,
    at,
    after,
    pause: (milliseconds: number): Promise<void> => new Promise((resolve) => after(milliseconds, resolve)),
    /** When the next thing happens. */
    nextAt: (): number | undefined => next()?.at,
    /** Lets the next thing happen. */
    step: async (): Promise<void> => {
      const ahead = next()
      if (ahead === undefined) return
      lying.shift()
      now = ahead.at
      vi.setSystemTime(now)
      await ahead.run()
      await settled()
    },
    /** Nothing of what lay ahead happens any more. */
    stop: () => {
      lying = []
    },
  }
}
export type VirtualTime = ReturnType<typeof virtualTime>
