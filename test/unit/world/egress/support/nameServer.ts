import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv4 } from 'node:net'

/** What is known of a name: addresses of either kind, or what another name says. */
export type Zone = Readonly<Record<string, readonly string[] | { readonly alias: string } | 'silence'>>

const kinds = { a: 1, cname: 5, aaaa: 28 }
const headerBytes = 12

/** A question as it stands in a message of RFC 1035: its name, the kind that is asked for, and where it ends. */
const questionIn = (message: Buffer) => {
  const labels: string[] = []
  let at = headerBytes
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), kind: message.readUInt16BE(at + 1), end: at + 5 }
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([...name.split('.'), ''].map((label) => Buffer.from([label.length, ...Buffer.from(label)])))

const ipv6Bytes = (address: string): Buffer => {
  const [head = '', tail = ''] = address.split('::')
  const words = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const [first, last] = [words(head), words(tail)]
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
  return Buffer.from(all.map((word) => word.padStart(4, '0')).join(''), 'hex')
}

const addressBytes = (address: string): Buffer =>
  isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : ipv6Bytes(address)

const recordOf = (name: string, kind: number, data: Buffer): Buffer => {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(kind, 0)
  // Of the internet.
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt16BE(data.length, 8)
  return Buffer.concat([nameBytes(name), fixed, data])
}

/** The records that answer a question, with those of every alias on the way. */
const recordsFor = (zone: Zone, name: string, kind: number): Buffer[] => {
  const known = zone[name]
  if (known === undefined || known === 'silence') return []
  if ('alias' in known)
    return [recordOf(name, kinds.cname, nameBytes(known.alias)), ...recordsFor(zone, known.alias, kind)]
  return known
    .filter((address) => (isIPv4(address) ? kinds.a : kinds.aaaa) === kind)
    .map((address) => recordOf(name, kind, addressBytes(address)))
}

const answerTo = (message: Buffer, zone: Zone): Buffer => {
  const { name, kind, end } = questionIn(message)
  const records = recordsFor(zone, name, kind)
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16BE(message.readUInt16BE(0), 0)
  // An answer, recursion available; 3: there is no such name.
  header.writeUInt16BE(0x8180 + (name in zone ? 0 : 3), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  return Buffer.concat([header, message.subarray(headerBytes, end), ...records])
}

/** A name server on the loopback address. It counts what it is asked, and lets some questions lie. */
export const startNameServer = async (zone: Zone, isHeard: (kind: 'a' | 'aaaa') => boolean = () => true) => {
  const asked: string[] = []
  const socket = createSocket('udp4', (message, { port, address }) => {
    const { name, kind } = questionIn(message)
    asked.push(name)
    const isSilent = zone[name] === 'silence' || !isHeard(kind === kinds.a ? 'a' : 'aaaa')
    if (!isSilent) socket.send(answerTo(message, zone), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
