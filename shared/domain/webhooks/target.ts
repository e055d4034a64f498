/** Where webhooks may deliver to, as far as the address itself tells. */

/** Longest address, in characters. */
const mostUrlLength = 2_000

/** Names that are not of the public DNS (RFC 6761, 6762, 7686, 8375; `internal` as ICANN keeps it). */
const privateSuffixes = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'arpa',
  'onion',
  'alt',
  'test',
  'invalid',
  'example',
]

/** Ports above 1023 behind which databases, caches and the like are wont to listen, not receivers. */
const innerPorts = [
  1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3260, 3268, 3306, 3389, 4369, 5432, 5601, 5671, 5672,
  5900, 5984, 5985, 5986, 6379, 6443, 6667, 7000, 7001, 8125, 8200, 8300, 8301, 8500, 8600, 9042, 9092, 9093,
  9100, 9200, 9300, 9418, 10250, 10255, 11211, 15672, 26379, 27017, 27018, 28017, 50070, 61616,
]

/** 443, and what programs of people may listen on without being of the system. */
export const isPort = (port: number): boolean => port === 443 || (port >= 1024 && !innerPorts.includes(port))

/** Letters, digits and inner hyphens, in at least two labels; the last is no number. */
const hostName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/

const isOf = (host: string, suffix: string): boolean => host === suffix || host.endsWith(`.${suffix}`)

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

/** White space, control characters and backslashes: URL parsers disagree about what they mean. */
const ambiguous = /[\s\p{C}\\]/u

/** What is wrong with the parts of an address, if anything. */
const wrongWith = (url: URL): string | undefined => {
  if (url.protocol !== 'https:') return 'must begin with https://'
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password'
  if (url.hash !== '') return 'must not have a fragment'
  if (!hostName.test(url.hostname)) return 'must name a host by its full domain name, not by an IP address'
  if (privateSuffixes.some((suffix) => isOf(url.hostname, suffix))) return 'must be a name of the public DNS'
  if (!isPort(Number(url.port || 443))) return 'must have port 443, or one from 1024 on that is no database’s'
  return undefined
}

/**
 * An address as webhooks call it, in the form of the WHATWG URL standard; else a sentence that says what would be right.
 * Whether the name leads to public addresses is for whoever resolves it to say.
 */
export const targetOf = (text: string): { readonly url: URL } | { readonly wrong: string } => {
  if (text.length > mostUrlLength) return { wrong: `must have at most ${mostUrlLength} characters` }
  if (ambiguous.test(text)) return { wrong: 'must have no white space, control characters or backslashes' }
  // Without them the standard reads on all the same, differently from other parsers.
  if (!/^https:\/\/[^/]/i.test(text)) return { wrong: 'must begin with https:// and a name' }
  // A trailing `#` or `@` says nothing that the parsed address would still show.
  if (text.includes('#')) return { wrong: 'must not have a fragment' }
  const url = parsed(text)
  if (url === undefined) return { wrong: 'must be an address that begins with https://' }
  if (text.slice('https://'.length).split(/[/?]/)[0]?.includes('@')) {
    return { wrong: 'must not hold a user name or a password' }
  }
  const wrong = wrongWith(url)
  return wrong === undefined ? { url } : { wrong }
}
