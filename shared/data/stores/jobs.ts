import {
  type Chunk,
  type Counts,
  type Job,
  type Listing,
  nothingCounted,
  type Progress,
} from '../../domain/jobs/job.ts'
import type { Jobs } from '../../domain/jobs/ports.ts'
import { codec, transacted, ttlOf } from '../codec.ts'
import * as keys from '../keys.ts'
import type { Item, Table, Write } from '../tablePort.ts'

const kept = ({ expiresAt }: { readonly expiresAt: string }) => ({ ttl: ttlOf(expiresAt) })

const jobs = codec<Job>('job', ({ workspaceId, id }) => keys.jobKey(workspaceId, id), kept)
const chunks = codec<Chunk>(
  'jobChunk',
  ({ workspaceId, jobId, number }) => keys.jobChunkKey(workspaceId, jobId, number),
  kept,
)
const listings = codec<Listing>(
  'jobListing',
  ({ workspaceId, jobId }) => keys.jobListingKey(workspaceId, jobId),
  kept,
)
export const decodeChunk = chunks.decode
export const decodeListing = listings.decode

/** The counters stand each in an attribute of its own, so that steps add to them without having read them. */
const counterOf = (outcome: string): string => `count_${outcome}`
const toldPrefix = 'told_'

type Flat = Omit<Progress, 'counts' | 'told'>
const flat = codec<Flat>(
  'jobProgress',
  ({ workspaceId, jobId }) => keys.jobProgressKey(workspaceId, jobId),
  kept,
)

const encodeProgress = ({ counts, told, ...rest }: Progress): Item => ({
  ...flat.encode(rest),
  ...attributes(counts, told),
})

export const decodeProgress = (item: Record<string, unknown>): Progress => {
  const {
    workspaceId,
    jobId,
    createdBy,
    expiresAt,
    total,
    chunks,
    listed,
    isCut = false,
    cancelledAt,
    updatedAt,
  } = flat.decode(item)
  const outcomes = Object.keys(nothingCounted) as (keyof Counts)[]
  const counts = Object.fromEntries(outcomes.map((name) => [name, Number(item[counterOf(name)] ?? 0)]))
  const told = Object.entries(item).filter(([name]) => name.startsWith(toldPrefix))
  return {
    workspaceId,
    jobId,
    createdBy,
    expiresAt,
    total,
    chunks,
    listed,
    isCut,
    cancelledAt,
    updatedAt,
    counts: counts as Record<keyof Counts, number>,
    told: Object.fromEntries(told.map(([name, count]) => [name.slice(toldPrefix.length), Number(count)])),
  }
}

/** Counters by the names of their attributes; those that stay as they are make none. */
const attributes = (counts: Counts, told: Progress['told']): Record<string, number> => {
  const all = [
    ...Object.entries(counts).map(([name, count]) => [counterOf(name), count] as const),
    ...Object.entries(told).map(([userId, count]) => [toldPrefix + userId, count] as const),
  ]
  return Object.fromEntries(all.filter(([, count]) => count !== 0))
}

const present = { present: true } as const

export const jobStore = (table: Table): Jobs => {
  const read = async <Entity>(key: keys.Key, decode: (item: Item) => Entity): Promise<Entity | undefined> => {
    const item = await table.get(key)
    return item && decode(item)
  }
  const transact = (writes: readonly Write[]) => transacted(() => table.transact(writes), jobs.decode)
  const moveProgress = (
    of: Listing | Chunk,
    at: string,
    more: Record<string, unknown>,
    add: Record<string, number>,
  ) => ({
    update: keys.jobProgressKey(of.workspaceId, of.jobId),
    change: { set: { updatedAt: at, ...more }, add },
    condition: present,
  })

  return {
    job: async (workspaceId, jobId) => {
      const job = await read(keys.jobKey(workspaceId, jobId), jobs.decode)
      // The key holds only part of the id; the rest must agree as well.
      return job?.id === jobId ? job : undefined
    },
    madeAs: (workspaceId, jobId) => read(keys.jobKey(workspaceId, jobId), jobs.decode),
    progress: (workspaceId, jobId) => read(keys.jobProgressKey(workspaceId, jobId), decodeProgress),
    chunk: (workspaceId, jobId, number) => read(keys.jobChunkKey(workspaceId, jobId, number), decodeChunk),
    listing: (workspaceId, jobId) => read(keys.jobListingKey(workspaceId, jobId), decodeListing),
    add: ({ job, progress, parts }) => {
      const items = 'step' in parts ? [listings.encode(parts)] : parts.map(chunks.encode)
      return transact([
        { put: jobs.encode(job), condition: { absent: true } },
        { put: encodeProgress(progress) },
        ...items.map((put) => ({ put })),
      ])
    },
    record: async (before, after, { counts, told, at }) => {
      const { won } = await transacted(
        () =>
          table.transact([
            { put: chunks.encode(after), condition: { equals: { next: before.next } } },
            moveProgress(after, at, {}, attributes(counts, told)),
          ]),
        chunks.decode,
      )
      return won
    },
    extend: async (after, made, at) => {
      const chunk: Write[] = made === undefined ? [] : [{ put: chunks.encode(made) }]
      const grown = { total: made?.taskIds.length ?? 0, chunks: chunk.length }
      const { won } = await transacted(
        () =>
          table.transact([
            { put: listings.encode(after), condition: { equals: { step: after.step - 1 } } },
            ...chunk,
            moveProgress(after, at, { listed: after.isDone, isCut: after.isCut }, grown),
          ]),
        listings.decode,
      )
      return won
    },
    cancel: async (workspaceId, jobId, at) => {
      await table.update(keys.jobProgressKey(workspaceId, jobId), { set: { cancelledAt: at } }, present)
    },
  }
}
