import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import type { ReminderIndex } from '../../../../shared/domain/pipeline/sweep.ts'
import type { Written } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { toldNobody } from './toldNobody.ts'

/** An index of two shards with pages of one task; `stale` entries are what an index that trails still shows. */
export const worldOf = (tasks: readonly Task[], stale: readonly Task[] = []) => {
  const stored = new Map(tasks.map((task) => [task.id, task]))
  const sent: NoticeMessage[] = []
  const pageOf = (all: readonly Task[], after = '') => {
    const behind = all.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1))
    return { items: behind.slice(0, 1), next: behind.length > 1 ? behind[0]?.id : undefined }
  }
  const reminders: ReminderIndex = {
    shards: ['a', 'b'],
    due: async (shard, now, after) => {
      const due = [...stored.values()].filter(({ remindAt }) => remindAt !== null && remindAt <= now)
      return pageOf(shard === 'a' ? [...due, ...stale] : [], after)
    },
    advance: async (task, to): Promise<Written<Task>> => {
      const present = stored.get(task.id)
      if (present?.revision !== task.revision) return { won: false, present }
      stored.set(task.id, { ...task, ...to, revision: task.revision + 1 })
      return { won: true }
    },
  }
  const queue = { send: async (messages: readonly NoticeMessage[]) => void sent.push(...messages) }
  return { stored, sent, reminders, ...toldNobody, queue }
}
