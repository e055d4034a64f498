import { taskUrl } from '../links.ts'
import type { List, ListItem, Reader } from '../mailContent.ts'
import type { ListedTask } from '../notice.ts'
import { say } from '../say.ts'
import { dueFact, taskName } from './common.ts'

/** What tells how many of `count` things are not among `shown`; nothing when all are. */
export const moreOf = (shown: readonly unknown[], count: number, { words }: Reader): Pick<List, 'more'> =>
  count > shown.length ? { more: say(words, 'more', { count: count - shown.length }) } : {}

interface Tasks {
  readonly title: 'overdueTasks' | 'tasksDueToday' | 'completedTasks' | 'tasksDueNext'
  readonly workspaceId: string
  readonly tasks: readonly ListedTask[]
  /** How many there are. */
  readonly count: number
}

function itemOf(task: ListedTask, workspaceId: string, reader: Reader): ListItem {
  const [due] = dueFact(task, reader)
  return {
    line: [{ value: taskName(task) }],
    ...(due && { note: say(reader.words, 'fact', { ...due }) }),
    url: taskUrl(workspaceId, task.id, reader.publicUrl),
  }
}

/** A list of tasks under its title; no list where there are none. */
export const taskList = ({ title, workspaceId, tasks, count }: Tasks, reader: Reader): readonly List[] =>
  count === 0
    ? []
    : [
        {
          title: say(reader.words, title, { count }),
          items: tasks.map((task) => itemOf(task, workspaceId, reader)),
          ...moreOf(tasks, count, reader),
        },
      ]
