import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { timeShardOf, timeShards } from '../../../shared/data/keys.ts'
import type { ReminderIndex } from '../../../shared/domain/pipeline/sweep.ts'
import type { Task } from '../../../shared/domain/tasks/task.ts'
import { Crash } from '../crashing.ts'

const pageSize = 50

/** How long the calls of a sweep take, in milliseconds of virtual time. */
interface Latency {
  readonly page: number
  readonly send: number
  readonly advance: number
}

/** Tasks by their id, and the index over those that have something to say, in memory. */
export const timeIndex = (tasks: readonly Task[]) => {
  const stored = new Map(tasks.map((task) => [task.id, task]))
  const shards = new Map(timeShards('REM').map((shard) => [shard, new Set<string>()]))
  for (const { id, remindAt } of tasks)
    if (remindAt !== null) shards.get(timeShardOf('REM', id))?.add(`${remindAt}#${id}`)
  const left = (): number => [...stored.values()].filter(({ remindAt }) => remindAt !== null).length
  return { stored, shards, left }
}

interface Sweeper {
  readonly index: ReturnType<typeof timeIndex>
  /** Virtual instant at which it starts, and what its calls take. */
  readonly start: number
  readonly latency: Latency
  /** Says at each call whether it dies there. */
  readonly dies: () => boolean
  /** Takes what was handed on, and when that was. */
  readonly take: (messages: readonly NoticeMessage[], at: number) => void
  readonly queries: { count: number; keys: number }
}

/**
 * One sweeper over the index, with a clock for each shard: those run beside one another. Its index is what it was
 * when the sweeper began, as an index that trails would be: what others move on meanwhile still stands there.
 */
export const sweeperOf = ({ index, start, latency, dies, take, queries }: Sweeper) => {
  const clocks = new Map([...index.shards.keys()].map((shard) => [shard, start]))
  const seen = new Map([...index.shards].map(([shard, keys]) => [shard, [...keys].sort()]))
  const places = new Map(
    [...seen].map(([shard, keys]) => [shard, new Map(keys.map((key, n) => [key, n + 1]))]),
  )
  let dead = false
  const step = (shard: string, ms: number): number => {
    if (dead || dies()) {
      dead = true
      throw new Crash()
    }
    const now = (clocks.get(shard) ?? start) + ms
    clocks.set(shard, now)
    return now
  }
  const reminders: ReminderIndex = {
    shards: [...index.shards.keys()],
    due: async (shard, now, after = '') => {
      step(shard, latency.page)
      const from = places.get(shard)?.get(after) ?? 0
      const page = (seen.get(shard) ?? []).slice(from, from + pageSize).filter((key) => key <= `${now}~`)
      queries.count++
      queries.keys += page.length
      const items = page.flatMap((key) => index.stored.get(key.slice(key.indexOf('#') + 1)) ?? [])
      return { items, next: page.length === pageSize ? page.at(-1) : undefined }
    },
    advance: async (task, to) => {
      step(timeShardOf('REM', task.id), latency.advance / pageSize)
      const present = index.stored.get(task.id)
      if (present?.revision !== task.revision) return { won: false, present }
      index.stored.set(task.id, { ...present, ...to, revision: present.revision + 1 })
      index.shards.get(timeShardOf('REM', task.id))?.delete(`${present.remindAt}#${task.id}`)
      return { won: true }
    },
  }
  const queue = {
    send: async (messages: readonly NoticeMessage[]) => {
      const [first] = messages
      const taskId = first !== undefined && 'taskId' in first ? first.taskId : ''
      take(messages, step(timeShardOf('REM', taskId), latency.send))
    },
  }
  return { reminders, queue }
}
