import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, type ReadStream, rmSync } from 'node:fs'
import { type FileHandle, link, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportDays, filePrefixes, uploadDays } from '../../../shared/api/files.ts'
import { StoreError } from './errors.ts'

/** What an object says of itself; its content follows in the same file, behind `headerSize` bytes. */
export interface StoredObject {
  readonly key: string
  readonly size: number
  readonly mediaType: string
  readonly disposition: string | undefined
  readonly tag: string
  /** Epoch milliseconds. */
  readonly modified: number
}

type Draft = Pick<StoredObject, 'key' | 'mediaType' | 'disposition'>

interface Incoming {
  readonly content: AsyncIterable<Uint8Array>
  /** Bytes it must have, no more and no fewer. */
  readonly size: number
}

export interface ObjectFolder {
  /** An upload that nobody took in time is gone, and so is an old export. */
  find(key: string): Promise<StoredObject | undefined>
  read(object: StoredObject): ReadStream
  /** Streams to a draft and puts it in place at once, or nothing. Throws `StoreError`. */
  store(draft: Draft, incoming: Incoming, onlyIfAbsent: boolean): Promise<StoredObject>
  remove(key: string): Promise<void>
  /** Drops what has had its time. */
  expire(): Promise<void>
}

const headerSize = 4096
const dayMs = 86_400_000

/** An object is one file named by the hash of its key, so that no key can lead elsewhere, however it is spelt. */
const fileOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** The header in its fixed number of bytes. */
const headerFor = (object: StoredObject): Buffer => {
  const text = JSON.stringify(object)
  if (Buffer.byteLength(text) > headerSize) throw new StoreError('KeyTooLongError')
  const header = Buffer.alloc(headerSize, ' ')
  header.write(text)
  return header
}

const headerOf = async (path: string): Promise<StoredObject | undefined> => {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const { buffer } = await file.read(Buffer.alloc(headerSize), 0, headerSize, 0)
    return JSON.parse(buffer.toString()) as StoredObject
  } finally {
    await file.close()
  }
}

/** Writes a draft to a new file: content first, then the header that names its length and hash. */
const writeDraft = async (
  path: string,
  draft: Draft,
  { content, size }: Incoming,
  modified: number,
): Promise<StoredObject> => {
  const file = await open(path, 'wx', 0o600)
  try {
    // S3's entity tag of an object uploaded in one piece.
    const hash = createHash('md5')
    let position = 0
    for await (const chunk of content) {
      if (position + chunk.length > size) throw new StoreError('EntityTooLarge')
      await file.write(chunk, 0, chunk.length, headerSize + position)
      hash.update(chunk)
      position += chunk.length
    }
    if (position !== size) throw new StoreError('IncompleteBody')
    const object = { ...draft, size, tag: `"${hash.digest('hex')}"`, modified }
    await file.write(headerFor(object), 0, headerSize, 0)
    return object
  } finally {
    await file.close()
  }
}

/** Puts a finished file in place; with `onlyIfAbsent` the first of several wins. */
const settle = async (from: string, to: string, onlyIfAbsent: boolean): Promise<void> => {
  if (!onlyIfAbsent) return rename(from, to)
  try {
    await link(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new StoreError('PreconditionFailed')
  }
}

/** How long an object stays, as the rules of the bucket have it. */
const daysOf = (key: string): number => {
  if (key.startsWith(filePrefixes.uploads)) return uploadDays
  return key.startsWith(filePrefixes.exports) ? exportDays : Number.POSITIVE_INFINITY
}

/** Objects in a folder. What a killed process left half written is dropped when the folder is opened again. */
export const openFolder = (path: string, now: () => number): ObjectFolder => {
  const [objects, drafts] = [join(path, 'objects'), join(path, 'drafts')]
  rmSync(drafts, { recursive: true, force: true })
  for (const folder of [objects, drafts]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const placeOf = (key: string): string => join(objects, fileOf(key))
  const dropExpired = async ({ key, modified }: StoredObject): Promise<boolean> => {
    if (now() < modified + daysOf(key) * dayMs) return false
    await rm(placeOf(key), { force: true })
    return true
  }

  return {
    find: async (key) => {
      const object = await headerOf(placeOf(key))
      return object === undefined || (await dropExpired(object)) ? undefined : object
    },
    read: ({ key }) => createReadStream(placeOf(key), { start: headerSize }),
    store: async (draft, incoming, onlyIfAbsent) => {
      const path = join(drafts, randomUUID())
      try {
        const object = await writeDraft(path, draft, incoming, now())
        await settle(path, placeOf(draft.key), onlyIfAbsent)
        return object
      } finally {
        await rm(path, { force: true })
      }
    },
    remove: (key) => rm(placeOf(key), { force: true }),
    expire: async () => {
      for (const name of await readdir(objects)) {
        const object = await headerOf(join(objects, name))
        if (object !== undefined) await dropExpired(object)
      }
    },
  }
}
