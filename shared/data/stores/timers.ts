import type { Task } from '../../domain/tasks/task.ts'
import type { Timer, Timers } from '../../domain/tasks/timer.ts'
import { codec, transacted } from '../codec.ts'
import { timerKey } from '../keys.ts'
import type { Table, Write } from '../tablePort.ts'
import { encodeTask } from './tasks.ts'

const timerCodec = codec<Timer>('timer', ({ workspaceId, userId }) => timerKey(workspaceId, userId))

const named = ({ timeEntryId }: Timer) => ({ equals: { timeEntryId } })

const replaced = (task: Task): Write => ({
  put: encodeTask(task),
  condition: { equals: { revision: task.revision - 1 } },
})

export const timerStore = (table: Table): Timers => {
  const both = async (task: Task, slot: Write): Promise<boolean> =>
    (await transacted(() => table.transact([replaced(task), slot]), timerCodec.decode, 1)).won
  return {
    running: async (workspaceId, userId) => {
      const item = await table.get(timerKey(workspaceId, userId))
      return item && timerCodec.decode(item)
    },
    start: (task, timer, over) =>
      both(task, {
        put: timerCodec.encode(timer),
        condition: over === undefined ? { absent: true } : named(over),
      }),
    stop: (task, timer) =>
      both(task, { delete: timerKey(timer.workspaceId, timer.userId), condition: named(timer) }),
  }
}
