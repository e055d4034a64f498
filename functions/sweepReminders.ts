import { mine } from '../shared/api/parts.ts'
import { storesOf } from '../shared/data/stores/all.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { reminderStore } from '../shared/data/stores/reminders.ts'
import { sweep } from '../shared/domain/pipeline/sweep.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { notifications } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

const reminders = reminderStore(table)
const world = { ...storesOf(table), groups: groupStore(table), queue: notifications() }

export const handler = onSchedule('reminders.swept', (now, part) =>
  sweep(now, { ...world, reminders: { ...reminders, shards: mine(part, reminders.shards) } }),
)
