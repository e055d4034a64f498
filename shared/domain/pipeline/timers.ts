import { runs } from '../tasks/timeEntries.ts'
import type { Timer } from '../tasks/timer.ts'
import type { Derived } from './derived.ts'
import type { TaskChange } from './record.ts'

/** Timers that a change has ended, by whatever way: most have given back their slot by themselves. */
const endedTimers = ({ before, after }: TaskChange): Timer[] => {
  if (before === undefined) return []
  const { workspaceId, id: taskId, timeEntries } = before
  return Object.entries(timeEntries).flatMap(([timeEntryId, entry]) => {
    const now = after?.timeEntries[timeEntryId]
    if (!runs(entry) || (now !== undefined && runs(now))) return []
    return { workspaceId, userId: entry.userId, taskId, timeEntryId }
  })
}

/** Slots of timers that ended with their entry deleted or edited, or with their task in the trash. */
export const freeTimers = async (change: TaskChange, derived: Pick<Derived, 'freeTimer'>): Promise<void> => {
  for (const timer of endedTimers(change)) await derived.freeTimer(timer)
}
