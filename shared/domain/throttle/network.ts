/** The eight groups of an IPv6 address (RFC 4291, 2.2), those that `::` stands for among them. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  if (tail === undefined) return groups(head)
  const [left, right] = [groups(head), groups(tail)]
  return [
    ...left,
    ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'),
    ...right,
  ]
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * What a caller's address is counted as: an IPv4 address itself, of an IPv6 address the first 64 bits, since whoever
 * has one has all those behind them (RFC 6177).
 */
export const networkOf = (address: string): string => {
  const [, ipv4] = mapped.exec(address) ?? []
  if (ipv4 !== undefined || !address.includes(':')) return ipv4 ?? address
  const [bare = ''] = address.split('%')
  const groups = groupsOf(bare).slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
