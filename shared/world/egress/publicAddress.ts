import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Host of Azure's metadata and agents: by its range a public address. */
const azureHost = '168.63.129.16'

/** All that IANA has given out of IPv6 as global unicast. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** Second last words of interface ids that hold an IPv4 address (ISATAP, RFC 5214). */
const isatap = [0x0000_5efe, 0x0200_5efe]

const isPublicV6 = (address: ipaddr.IPv6): boolean => {
  const [, , , , high = 0, low = 0] = address.parts
  const embeds = isatap.includes(high * 0x1_0000 + low)
  return address.match(globalUnicast) && address.range() === 'unicast' && !embeds
}

/**
 * Whether an address, as a resolver answers it, is one of the open internet. Everything else is not: private, loopback,
 * link-local, shared (RFC 6598), multicast, reserved, unspecified, for documentation or benchmarks, and every form of
 * IPv6 that holds an IPv4 address (mapped, compatible, 6to4, Teredo, NAT64, ISATAP), whichever that is. What does not
 * read as an address is not public either.
 */
export const isPublic = (text: string): boolean => {
  if (isIP(text) === 0 || text.includes('%')) return false
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv6) return isPublicV6(address)
  return address.range() === 'unicast' && text !== azureHost
}
