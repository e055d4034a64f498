import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { NoticeQueue } from '../notices/ledger.ts'
import type { Written } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import { type DuePage, dealWithDue } from './duePages.ts'
import { type Advance, type Known, knownOf, stepOf, type ToldWorld } from './step.ts'

export interface ReminderIndex {
  readonly shards: readonly string[]
  /** Tasks that have something to say at or before an instant, earliest first; a page of them, behind `after`. */
  due(shard: string, now: string, after?: string): Promise<DuePage<Task>>
  /** Moves a task on; loses to any write since. */
  advance(task: Task, to: Advance): Promise<Written<Task>>
}

export interface SweepWorld extends ToldWorld {
  readonly reminders: ReminderIndex
  readonly queue: NoticeQueue
}

type Sweeping = Pick<SweepWorld, 'reminders' | 'queue'> & { readonly known: Known }

/** Messages after which the tasks they are of move on; a task with more than these is a run of its own. */
const messagesPerRun = 100

interface Run {
  readonly moves: { readonly task: Task; readonly to: Advance }[]
  readonly messages: NoticeMessage[]
}

/** Cuts a page into runs, so that many people and reminders on many tasks cannot keep a sweep from moving on. */
const runsOf = async (tasks: readonly Task[], now: string, known: Known): Promise<Run[]> => {
  const runs: Run[] = []
  for (const task of tasks) {
    const { messages, to } = await stepOf(task, now, known)
    const last = runs.at(-1)
    if (last === undefined || last.messages.length + messages.length > messagesPerRun) {
      runs.push({ moves: [{ task, to }], messages: [...messages] })
    } else {
      last.moves.push({ task, to })
      last.messages.push(...messages)
    }
  }
  return runs
}

/** First the messages, then the tasks move on, so that a crash in between repeats and never loses. */
const sweepPage = async (
  tasks: readonly Task[],
  now: string,
  { reminders, queue, known }: Sweeping,
): Promise<void> => {
  for (const run of await runsOf(tasks, now, known)) {
    if (run.messages.length > 0) await queue.send(run.messages)
    // A task that was written meanwhile keeps its place or has moved by itself; the next sweep looks again.
    await Promise.all(run.moves.map(({ task, to }) => reminders.advance(task, to)))
  }
}

/**
 * Hands everything that tasks have to say and have not said to the queue, however late. `now` is RFC 3339.
 * Answers the number of tasks it moved on. A shard that fails does not stop the others, but fails the sweep.
 */
export const sweep = (now: string, world: SweepWorld): Promise<number> => {
  const { reminders, queue } = world
  const sweeping = { reminders, queue, known: knownOf(world) }
  return dealWithDue(
    reminders.shards,
    (shard, after) => reminders.due(shard, now, after),
    async (tasks) => {
      // The index trails the table: what has moved on already is not due any more.
      const due = tasks.filter(({ remindAt }) => remindAt !== null && remindAt <= now)
      await sweepPage(due, now, sweeping)
      return due.length
    },
  )
}
