import type { ZonedMoment } from '../../api/schemas/time.ts'
import { anchorOf, overdueAt } from '../time/instants.ts'
import type { Task } from './task.ts'

/** What is told of a due date, and `lapsed`: it has passed, which is told nobody but may start an escalation. */
export type DueKind = 'dueSoon' | 'due' | 'lapsed' | 'overdue' | 'escalated'

/** Something about the due date at its time. */
export interface DueOccurrence {
  readonly kind: DueKind
  readonly at: string
}

const dayOf = (due: ZonedMoment): ZonedMoment =>
  'date' in due ? due : { date: due.dateTime.slice(0, 10), zone: due.zone }

/**
 * The times of a due date, each by the clocks of its zone: the same hour of the day before; the hour itself (of a day:
 * nine); when it has passed; nine o'clock of the day after; and when somebody else is to know, if that is settled.
 */
export const dueOccurrences = ({ due, escalateAt }: Pick<Task, 'due' | 'escalateAt'>): DueOccurrence[] => {
  if (due === null) return []
  return [
    { kind: 'dueSoon', at: anchorOf(due, -1) },
    { kind: 'due', at: anchorOf(due) },
    { kind: 'lapsed', at: overdueAt(due) },
    { kind: 'overdue', at: anchorOf(dayOf(due), 1) },
    ...(escalateAt === null ? [] : [{ kind: 'escalated' as const, at: escalateAt }]),
  ]
}
