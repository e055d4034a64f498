import type { ReminderIndex } from '../../domain/pipeline/sweep.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { written } from '../codec.ts'
import { reminderShards, taskKeyOf } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { decodeTask, reminderAttributes } from './tasks.ts'

const pageSize = 50

export const reminderStore = (table: Table): ReminderIndex => ({
  shards: reminderShards,
  due: async (shard, now, after) => {
    const { items, more } = await table.query({
      index: 'byReminder',
      pk: shard,
      ...(after !== undefined && { after }),
      // Keys go on behind the instant; `~` sorts after all of them.
      to: `${now}~`,
      limit: pageSize,
    })
    const tasks = await Promise.all(items.map(({ PK, SK }) => table.get({ PK, SK })))
    return {
      tasks: tasks.flatMap((item): Task[] => (item === undefined ? [] : [decodeTask(item)])),
      next: more ? String(items.at(-1)?.reminderKey) : undefined,
    }
  },
  advance: (task, remindedUntil, remindAt) => {
    const place = reminderAttributes({ ...task, remindAt })
    return written(
      table.update(
        taskKeyOf(task.workspaceId, task.id),
        {
          set: { remindedUntil, remindAt, revision: task.revision + 1, ...place },
          ...(remindAt === null && { remove: ['reminderShard', 'reminderKey'] }),
        },
        { equals: { revision: task.revision } },
      ),
      decodeTask,
    )
  },
})
