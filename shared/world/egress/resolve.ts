import { Resolver } from 'node:dns/promises'
import { isPort } from '../../domain/webhooks/target.ts'
import { isPublic } from './publicAddress.ts'

/** A request that is not sent, or to which no answer came; the sentence may be shown to whoever has the webhook. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** All addresses of a name; nobody waits for them any more once `givenUp` is aborted. */
export type Resolve = (name: string, givenUp: AbortSignal) => Promise<readonly string[]>

/** Which sockets may be opened. */
export type Permits = (address: string, port: number) => boolean

/** A name server that keeps silent is asked twice, and more patiently the second time: six seconds in all. */
const patience = { timeout: 2_000, tries: 2 }

/**
 * By the name servers of the system, or by these (`<address>:<port>`): what there is of either kind of address, and
 * nothing for a name that does not resolve. Each name is asked for by sockets of its own. The `getaddrinfo` of the system
 * holds one of four threads for as long as a name server likes, whoever has given up: a few names on one that hangs would
 * hold up all others. The system's file of hosts is not looked at; what it names is no receiver of the open internet.
 */
export const resolveBy =
  (servers?: readonly string[]): Resolve =>
  async (name, givenUp) => {
    const resolver = new Resolver(patience)
    if (servers !== undefined) resolver.setServers(servers)
    const cancel = (): void => resolver.cancel()
    givenUp.addEventListener('abort', cancel)
    try {
      const looks = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
      return looks.flatMap((look) => (look.status === 'fulfilled' ? look.value : []))
    } finally {
      givenUp.removeEventListener('abort', cancel)
    }
  }

export const systemResolve = resolveBy()

export const openInternet: Permits = (address, port) => isPublic(address) && isPort(port)

export const portOf = ({ port }: URL): number => Number(port || 443)

const unresolved = 'the name does not resolve'
export const notPublic = 'the name leads to an address that is not of the open internet'

const isIpv4 = (address: string): boolean => !address.includes(':')

interface Looking {
  readonly resolve: Resolve
  readonly permits: Permits
  readonly givenUp: AbortSignal
}

/**
 * Resolves a name once and answers one address to connect to. One address that is not permitted among several is enough
 * to refuse them all: whoever answers so means no good.
 * @throws NoAnswer
 */
export const addressOf = async (url: URL, { resolve, permits, givenUp }: Looking): Promise<string> => {
  let all: readonly string[]
  try {
    all = await resolve(url.hostname, givenUp)
  } catch {
    // Why it does not is between the resolver and whoever runs the name.
    throw new NoAnswer(unresolved)
  }
  if (all.length === 0) throw new NoAnswer(unresolved)
  if (!all.every((address) => permits(address, portOf(url)))) throw new NoAnswer(notPublic)
  // Functions have no IPv6 by default. Any of several: the next attempt takes perhaps another.
  const usable = all.some(isIpv4) ? all.filter(isIpv4) : all
  return usable[Math.floor(Math.random() * usable.length)] ?? ''
}
