import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits until the address answers with success.
 * @throws after `seconds`, saying what to start.
 */
export async function waitUntilHealthy(url: string, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await answers(url))) {
    if (Date.now() > deadline) {
      throw new Error(
        `${url} does not answer. Start it: docker compose -f docker-compose.localstack.yml up -d`,
      )
    }
    await pause(500)
  }
}

/** Whether the address answers with success within two seconds; refused connections are a no. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
