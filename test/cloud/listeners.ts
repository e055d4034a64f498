import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const loopback4 = '0100007F'
const loopback6 = ['00000000000000000000000001000000', '0000000000000000FFFF00000100007F']
const listening = '0A'

/**
 * Addresses, as `/proc/net/tcp` writes them, other than loopback on which a process listens.
 * `undefined` where the system has no `/proc` to tell.
 */
export function openListeners(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined
  const own = socketsOf(pid)
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    rowsOf(table)
      .filter((row) => row[3] === listening && own.has(row[9] ?? ''))
      .map((row) => row[1] ?? '')
      .filter((address) => !isLoopback(address)),
  )
}

function rowsOf(table: string): string[][] {
  const lines = readFileSync(table, 'utf8').trim().split('\n').slice(1)
  return lines.map((line) => line.trim().split(/\s+/))
}

function isLoopback(address: string): boolean {
  const [ip = ''] = address.split(':')
  return ip === loopback4 || loopback6.includes(ip)
}

function socketsOf(pid: number): Set<string> {
  const folder = `/proc/${pid}/fd`
  const sockets = readdirSync(folder).map((descriptor) => inodeOf(`${folder}/${descriptor}`))
  return new Set(sockets.filter((inode) => inode !== undefined))
}

function inodeOf(descriptor: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(descriptor))?.[1]
  } catch (error) {
    // Closed since the folder was listed.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
