import type { Schedules } from '../../domain/reminders/ports.ts'
import { type ScheduledTask, scheduledOf } from '../../domain/reminders/scheduled.ts'
import { remindedPk } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

export const scheduleStore = (table: Table): Schedules => ({
  scheduled: (workspaceId, remindedId, limit) =>
    // `linkWrites` writes such items, and nobody else.
    sliceOf(table, { pk: remindedPk(workspaceId, remindedId), limit }, (item) =>
      scheduledOf(item as unknown as ScheduledTask),
    ),
})
