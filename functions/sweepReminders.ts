import { storesOf } from '../shared/data/stores/all.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { reminderStore } from '../shared/data/stores/reminders.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { notifications } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onSchedule(
  { ...storesOf(table), reminders: reminderStore(table), groups: groupStore(table), queue: notifications() },
  Date.now,
)
