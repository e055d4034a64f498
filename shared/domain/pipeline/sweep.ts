import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Written } from '../ports.ts'
import { dueReminders, nextReminder, recipientsOf } from '../tasks/reminders.ts'
import type { Task } from '../tasks/task.ts'
import type { NoticeQueue } from './notices.ts'

export interface ReminderIndex {
  readonly shards: readonly string[]
  /** Tasks whose next reminder lies at or before an instant, earliest first; a page of them, behind `after`. */
  due(
    shard: string,
    now: string,
    after?: string,
  ): Promise<{ tasks: readonly Task[]; next?: string | undefined }>
  /** Moves a task to its next reminder; loses to any write since. */
  advance(task: Task, remindedUntil: string, remindAt: string | null): Promise<Written<Task>>
}

export interface SweepWorld {
  readonly reminders: ReminderIndex
  readonly queue: NoticeQueue
}

const messagesOf = (task: Task, now: string): NoticeMessage[] =>
  dueReminders(task, task.remindedUntil, now).flatMap(({ reminder, at }) =>
    recipientsOf(reminder, task).map((userId) => ({
      kind: 'reminder' as const,
      workspaceId: task.workspaceId,
      taskId: task.id,
      reminderId: reminder.id,
      at,
      userId,
    })),
  )

/** A page: first the messages, then the tasks move on, so that a crash in between repeats and never loses. */
const sweepPage = async (
  tasks: readonly Task[],
  now: string,
  { reminders, queue }: SweepWorld,
): Promise<void> => {
  const messages = tasks.flatMap((task) => messagesOf(task, now))
  if (messages.length > 0) await queue.send(messages)
  // A task that was written meanwhile keeps its place or has moved by itself; the next sweep looks again.
  await Promise.all(tasks.map((task) => reminders.advance(task, now, nextReminder(task, now))))
}

const sweepShard = async (shard: string, now: string, world: SweepWorld): Promise<number> => {
  let swept = 0
  let after: string | undefined
  do {
    const { tasks, next } = await world.reminders.due(shard, now, after)
    // The index trails the table: what has moved on already is not due any more.
    const due = tasks.filter(({ remindAt }) => remindAt !== null && remindAt <= now)
    await sweepPage(due, now, world)
    swept += due.length
    after = next
  } while (after !== undefined)
  return swept
}

/**
 * Hands every reminder that is due and not yet sent to the queue, however late. `now` is RFC 3339.
 * Answers the number of tasks it moved on.
 */
export const sweep = async (now: string, world: SweepWorld): Promise<number> => {
  const counts = await Promise.all(world.reminders.shards.map((shard) => sweepShard(shard, now, world)))
  return counts.reduce((sum, count) => sum + count, 0)
}
