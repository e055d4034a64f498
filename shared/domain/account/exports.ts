import { type Place, start } from '../jobs/walk.ts'
import type { RequestMark } from '../tasks/task.ts'
import { dayMs, daysAfter } from '../time/daysAfter.ts'

/** Where the building of an export stands. Workspaces come in the order of their ids. */
export type Cursor =
  | { readonly at: 'account' }
  | { readonly at: 'sessions'; readonly after: string | null }
  | { readonly at: 'workspaces'; readonly after: string | null }
  | { readonly at: 'invitations'; readonly workspaceId: string; readonly after: string | null }
  | { readonly at: 'notices'; readonly workspaceId: string; readonly after: string | null }
  | { readonly at: 'tasks'; readonly workspaceId: string; readonly place: Place }

export const beginning: Cursor = { at: 'account' }
export const tasksOf = (workspaceId: string): Cursor => ({ at: 'tasks', workspaceId, place: start })

/** Of one file: bytes of UTF-8, and lines. */
export interface PartSize {
  readonly bytes: number
  readonly lines: number
}

export interface Export {
  readonly id: string
  readonly createdAt: string
  readonly finishedAt: string | null
  /** When it is dropped. */
  readonly expiresAt: string
  /** The files there are so far. */
  readonly parts: readonly PartSize[]
  /** `null` once it is finished. */
  readonly cursor: Cursor | null
  /** The request that asked for it. */
  readonly origin: RequestMark | null
}

/** What a person has asked for in the last days, oldest first: one item, so that one write can see to its limits. */
export interface Exports {
  readonly userId: string
  readonly all: readonly Export[]
  readonly version: number
}

/** As long as the object store keeps the files. */
const keptDays = 7
export const mostADay = 3

/** One that takes longer has died with its messages; another may be asked for. */
const patienceMs = dayMs

const ageOf = ({ createdAt }: Export, now: string): number => Date.parse(now) - Date.parse(createdAt)

export const stateOf = (one: Export, now: string): 'running' | 'ready' | 'failed' => {
  if (one.finishedAt !== null) return 'ready'
  return ageOf(one, now) < patienceMs ? 'running' : 'failed'
}

export const expiryOf = (now: string): string => daysAfter(now, keptDays)

/** Those that still exist. */
export const present = (exports: Exports | undefined, now: string): readonly Export[] =>
  (exports?.all ?? []).filter(({ expiresAt }) => expiresAt > now)

/** Those that a write has put on record. */
export const begun = ({
  before,
  after,
}: {
  readonly before?: Exports
  readonly after?: Exports
}): readonly Export[] => {
  const known = new Set(before?.all.map(({ id }) => id))
  return (after?.all ?? []).filter(({ id }) => !known.has(id))
}

/** Those asked for in the last 24 hours. */
export const ofToday = (all: readonly Export[], now: string): readonly Export[] =>
  all.filter((one) => ageOf(one, now) < dayMs)

/** When another may be asked for, after so many: a day after the first of them. */
export const nextAt = ([first]: readonly Export[]): string => daysAfter(first?.createdAt ?? '', 1)
