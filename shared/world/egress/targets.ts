import type { Targets } from '../../domain/webhooks/egress.ts'
import {
  addressOf,
  NoAnswer,
  notPublic,
  openInternet,
  type Permits,
  type Resolve,
  systemResolve,
} from './resolve.ts'

/** A name server that takes longer does not hold up whoever saves a webhook. */
const patienceMs = 2_000

/** Gives the work up after that time. */
const inTime = async <T>(work: (givenUp: AbortSignal) => Promise<T>): Promise<T> => {
  const givingUp = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer('the name server takes too long'))
      givingUp.abort()
    }, patienceMs)
  })
  return Promise.race([work(givingUp.signal), end]).finally(() => clearTimeout(timer))
}

/**
 * Looks at an address when it is saved. A name that does not resolve yet may do so later; one that leads inside may
 * not be saved at all. At sending it is all looked at again.
 */
export const targets = (resolve: Resolve = systemResolve, permits: Permits = openInternet): Targets => ({
  objectionTo: async (url) => {
    try {
      await inTime((givenUp) => addressOf(url, { resolve, permits, givenUp }))
      return undefined
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      return error.message === notPublic ? notPublic : undefined
    }
  },
})
