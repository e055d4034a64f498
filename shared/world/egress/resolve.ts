import { lookup } from 'node:dns'
import { isPort } from '../../domain/webhooks/target.ts'
import { isPublic } from './publicAddress.ts'

/** A request that is not sent, or to which no answer came; the sentence may be shown to whoever has the webhook. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** Which sockets may be opened. */
export type Permits = (address: string, port: number) => boolean

/** As the system resolves names. */
export const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, found) => {
      if (error) reject(error)
      else resolve(found.map(({ address }) => address))
    })
  })

export const openInternet: Permits = (address, port) => isPublic(address) && isPort(port)

export const portOf = ({ port }: URL): number => Number(port || 443)

const unresolved = 'the name does not resolve'
export const notPublic = 'the name leads to an address that is not of the open internet'

const isIpv4 = (address: string): boolean => !address.includes(':')

/**
 * Resolves a name once and answers one address to connect to. One address that is not permitted among several is enough
 * to refuse them all: whoever answers so means no good.
 * @throws NoAnswer
 */
export const addressOf = async (url: URL, resolve: Resolve, permits: Permits): Promise<string> => {
  let all: readonly string[]
  try {
    all = await resolve(url.hostname)
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
