import { setTimeout as delay } from 'node:timers/promises'

/** A loop that runs in the background until it is stopped. */
export interface Worker {
  /** Resolves when the step under way has ended. No further step begins. */
  stop(): Promise<void>
}

/** Waits as long, or until the loop is stopped. */
export type Pause = (milliseconds: number) => Promise<void>

export type Log = (message: string) => void

/**
 * Repeats `step` until stopped. A step that throws (an engine that answers nothing for a moment) is logged
 * and tried again after a second: a worker never ends by itself.
 */
export function startWorker(
  name: string,
  log: Log,
  step: (pause: Pause, stopping: AbortSignal) => Promise<void>,
): Worker {
  const stop = new AbortController()
  const pause: Pause = (milliseconds) =>
    delay(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined)
  const loop = async () => {
    while (!stop.signal.aborted) {
      try {
        await step(pause, stop.signal)
      } catch (error) {
        if (stop.signal.aborted) return
        log(`${name}: ${(error as Error).message}; trying again`)
        await pause(1000)
      }
    }
  }
  const ended = loop()
  return {
    stop: () => {
      stop.abort()
      return ended
    },
  }
}
