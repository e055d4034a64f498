import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { remembering } from '../groups/everybody.ts'
import type { Groups } from '../groups/ports.ts'
import type { NoticeQueue } from '../notices/ledger.ts'
import type { Written } from '../ports.ts'
import { dueReminders, nextReminder, recipientsOf } from '../tasks/reminders.ts'
import type { Task } from '../tasks/task.ts'

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
  readonly groups: Pick<Groups, 'places'>
  readonly queue: NoticeQueue
}

/** Who is in a group. */
type InGroup = ReturnType<typeof remembering>
type Sweeping = Omit<SweepWorld, 'groups'> & { readonly inGroup: InGroup }

const messagesOf = async (task: Task, now: string, inGroup: InGroup): Promise<NoticeMessage[]> => {
  const { workspaceId, assigneeGroupIds } = task
  const due = dueReminders(task, task.remindedUntil, now)
  if (due.length === 0) return []
  const inGroups = await Promise.all(assigneeGroupIds.map((id) => inGroup(workspaceId, id)))
  return due.flatMap(({ reminder, at }) =>
    recipientsOf(reminder, task, inGroups.flat()).map((userId) => ({
      kind: 'reminder' as const,
      workspaceId,
      taskId: task.id,
      reminderId: reminder.id,
      at,
      userId,
    })),
  )
}

/** Messages after which the tasks they are of move on; a task with more than these is a run of its own. */
const messagesPerRun = 100

interface Run {
  readonly tasks: Task[]
  readonly messages: NoticeMessage[]
}

/** Cuts a page into runs, so that many people and reminders on many tasks cannot keep a sweep from moving on. */
const runsOf = async (tasks: readonly Task[], now: string, inGroup: InGroup): Promise<Run[]> => {
  const runs: Run[] = []
  for (const task of tasks) {
    const messages = await messagesOf(task, now, inGroup)
    const last = runs.at(-1)
    if (last === undefined || last.messages.length + messages.length > messagesPerRun) {
      runs.push({ tasks: [task], messages: [...messages] })
    } else {
      last.tasks.push(task)
      last.messages.push(...messages)
    }
  }
  return runs
}

/** First the messages, then the tasks move on, so that a crash in between repeats and never loses. */
const sweepPage = async (
  tasks: readonly Task[],
  now: string,
  { reminders, queue, inGroup }: Sweeping,
): Promise<void> => {
  for (const run of await runsOf(tasks, now, inGroup)) {
    if (run.messages.length > 0) await queue.send(run.messages)
    // A task that was written meanwhile keeps its place or has moved by itself; the next sweep looks again.
    await Promise.all(run.tasks.map((task) => reminders.advance(task, now, nextReminder(task, now))))
  }
}

const sweepShard = async (shard: string, now: string, world: Sweeping): Promise<number> => {
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
 * Answers the number of tasks it moved on. A shard that fails does not stop the others, but fails the sweep.
 */
export const sweep = async (now: string, { groups, ...world }: SweepWorld): Promise<number> => {
  const sweeping = { ...world, inGroup: remembering(groups) }
  const shards = await Promise.allSettled(
    world.reminders.shards.map((shard) => sweepShard(shard, now, sweeping)),
  )
  const failed = shards.find((shard) => shard.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return shards.reduce((sum, shard) => sum + (shard.status === 'fulfilled' ? shard.value : 0), 0)
}
