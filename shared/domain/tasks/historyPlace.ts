import type { CommentRecords, HistoryPlace, Stores } from '../ports.ts'

/** What the routes of a task's history work with. */
export interface HistoryWorld extends Pick<Stores, 'tasks' | 'records'> {
  readonly commentRecords: CommentRecords
}

/** A place as part of a cursor. */
export const writtenPlace = ({ version, sequence }: HistoryPlace): string => `${version}#${sequence}`

export const placeFrom = (text: string): HistoryPlace => {
  const [version, sequence] = text.split('#')
  return { version: Number(version), sequence: Number(sequence) }
}

/** Above everything is no bound. */
export const finite = (bound: number | undefined): number | undefined =>
  Number.isFinite(bound) ? bound : undefined
