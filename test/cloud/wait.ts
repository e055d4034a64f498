import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until there is an answer; `undefined` once the time (in milliseconds) is over. */
export async function eventually<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  withinMilliseconds = 10_000,
): Promise<T | undefined> {
  const end = Date.now() + withinMilliseconds
  for (;;) {
    const answer = await ask()
    if (answer !== undefined || Date.now() > end) return answer
    await delay(100)
  }
}
