import { vi } from 'vitest'

/** One request: when it began and when its answer was there (milliseconds of one clock), and the status. */
interface Asked {
  readonly began: number
  readonly ended: number
  readonly status: number
}

/** How a channel took it that its right was taken away. */
export interface Revoked {
  readonly channel: string
  /** Answers of success before. */
  readonly answers: number
  /** Requests that began after the revocation was acknowledged. */
  readonly asked: number
  /** Those of them that were answered with success all the same. */
  readonly late: number
  /** Milliseconds from the acknowledgement to the beginning of the last of these; 0: there was none. */
  readonly lateMs: number
  /** Statuses of the requests that began after it. */
  readonly statuses: readonly number[]
}

const clients = 20
/** What each client has seen before the right is taken away, and after. */
const [answersFirst, refusalsLast] = [3, 10]
const patienceMs = 60_000

const isAnswer = ({ status }: Asked): boolean => status >= 200 && status < 300

/**
 * Takes a right away while twenty clients use it as fast as they can.
 * @param probe one request of a client; answers its status
 * @param revoke resolves once the revocation is acknowledged
 */
export const revokedUnderLoad = async (
  channel: string,
  probe: () => Promise<number>,
  revoke: () => Promise<unknown>,
): Promise<Revoked> => {
  const all: Asked[][] = Array.from({ length: clients }, () => [])
  let isOver = false
  const client = async (asked: Asked[]): Promise<void> => {
    while (!isOver) {
      const began = performance.now()
      const status = await probe()
      asked.push({ began, ended: performance.now(), status })
    }
  }
  const until = (isEnough: (asked: readonly Asked[]) => boolean) =>
    vi.waitFor(
      () => {
        if (!all.every(isEnough))
          throw new Error(`${channel}: ${JSON.stringify(all.map((one) => one.at(-1)))}`)
      },
      { timeout: patienceMs, interval: 5 },
    )
  const running = Promise.all(all.map(client))
  try {
    await until((asked) => asked.filter(isAnswer).length >= answersFirst)
    await revoke()
    const acknowledged = performance.now()
    const isAfter = ({ began }: Asked) => began > acknowledged
    await until((asked) => asked.filter((one) => isAfter(one) && !isAnswer(one)).length >= refusalsLast)
    const after = all.flat().filter(isAfter)
    const late = after.filter(isAnswer)
    return {
      channel,
      answers: all.flat().filter((one) => !isAfter(one) && isAnswer(one)).length,
      asked: after.length,
      late: late.length,
      lateMs: Math.max(0, ...late.map(({ began }) => Math.round(began - acknowledged))),
      statuses: [...new Set(after.map(({ status }) => status))].sort(),
    }
  } finally {
    isOver = true
    await running
  }
}
