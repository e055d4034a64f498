import { mostMinutes } from '../../api/schemas/timeEntry.ts'
import { Failure } from '../failure.ts'
import { mostEntries } from './limits.ts'
import type { Task, TimeEntry } from './task.ts'

type Entries = Task['timeEntries']

export const runs = ({ minutes }: TimeEntry): boolean => minutes === null

/** A running entry, ended: to the nearest minute, at least one and at most what an entry holds. */
export const ended = (entry: TimeEntry, now: string): TimeEntry => {
  const minutes = Math.round((Date.parse(now) - Date.parse(entry.startedAt)) / 60_000)
  return { ...entry, minutes: Math.min(Math.max(minutes, 1), mostMinutes) }
}

/** All that run, ended; the very same object when none does. */
export const allEnded = (entries: Entries, now: string): Entries => {
  if (!Object.values(entries).some(runs)) return entries
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => [id, runs(entry) ? ended(entry, now) : entry]),
  )
}

/** @throws Failure `conflict` when a task holds as many entries as it may */
export const withEntry = (entries: Entries, id: string, entry: TimeEntry): Entries => {
  if (Object.keys(entries).length >= mostEntries.timeEntries)
    throw new Failure(
      'conflict',
      `A task holds at most ${mostEntries.timeEntries} time entries: delete one first.`,
    )
  return { ...entries, [id]: entry }
}
