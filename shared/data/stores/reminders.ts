import type { ReminderIndex } from '../../domain/pipeline/sweep.ts'
import { written } from '../codec.ts'
import { taskKeyOf, timeShards } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { decodeTask, reminderAttributes } from './tasks.ts'
import { dueItems } from './timed.ts'

export const reminderStore = (table: Table): ReminderIndex => ({
  shards: timeShards('REM'),
  due: async (shard, now, after) => {
    const { items, next } = await dueItems(table, shard, now, after)
    return { items: items.map(decodeTask), next }
  },
  advance: (task, to) => {
    const place = reminderAttributes({ ...task, ...to })
    return written(
      table.update(
        taskKeyOf(task.workspaceId, task.id),
        {
          set: { ...to, revision: task.revision + 1, ...place },
          ...(to.remindAt === null && { remove: ['reminderShard', 'reminderKey'] }),
        },
        { equals: { revision: task.revision } },
      ),
      decodeTask,
    )
  },
})
