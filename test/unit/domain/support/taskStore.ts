import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import type { Event, Records, Tasks, Written } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'

/**
 * One task and its history as the store and the stream consumer keep them: conditional on the revision, the
 * history made from each pair of states. `states` holds every version people have seen.
 */
export const taskStore = (first: Task) => {
  let present: Task = first
  const states: Task[] = [first]
  const events: Event[] = []
  const note = (before: Task | undefined, after: Task) => {
    const follows = consequencesOf(before, after)
    if (follows !== undefined) events.push({ ...follows.event, sequence: events.length + 1 })
  }
  note(undefined, first)

  const replace = async (task: Task): Promise<Written<Task>> => {
    if (task.revision - 1 !== present.revision) return { won: false, present }
    note(present, task)
    if (task.version !== present.version) states.push(task)
    present = task
    return { won: true }
  }
  const records: Pick<Records, 'changesFrom'> = {
    changesFrom: async (_workspaceId, _taskId, version) =>
      events.filter(({ taskVersion }) => taskVersion >= version),
  }
  return {
    tasks: { replace } as Tasks,
    records: records as Records,
    states,
    events,
    present: () => present,
  }
}
