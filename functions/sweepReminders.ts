import { storesOf } from '../shared/data/stores/all.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { reminderStore } from '../shared/data/stores/reminders.ts'
import { sweep } from '../shared/domain/pipeline/sweep.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { notifications } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

const world = {
  ...storesOf(table),
  reminders: reminderStore(table),
  groups: groupStore(table),
  queue: notifications(),
}

export const handler = onSchedule('reminders.swept', (now) => sweep(now, world))
