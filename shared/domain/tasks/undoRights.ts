import type { Action } from '../../api/actions.ts'
import { inProject, may } from '../access/target.ts'
import { Failure } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Call } from '../useCase.ts'
import { peopleIn } from './people.ts'
import { aboutTask, type Task, type TimeEntry } from './task.ts'
import { type Change, fieldOf, type Undoable } from './undoOverlaps.ts'

/** Where a task stands, as its paths begin. */
const places: readonly string[] = ['projectId', 'key', 'ranks', 'parentId', 'ancestorIds']

/** A rank that stays one is but the order in a project. */
const isMove = ({ field, from, to }: Change): boolean =>
  places.includes(fieldOf(field)) && !(field.startsWith('ranks/') && from !== null && to !== null)

const actionOf = (change: Change, userId: string): Action => {
  const { field, from, to } = change
  const name = fieldOf(field)
  if (isMove(change)) return 'task.move'
  if (name === 'assigneeIds' || name === 'assigneeGroupIds') return 'task.assign'
  if (name === 'shares') return 'task.share'
  if (name !== 'timeEntries') return 'task.edit'
  const entry = (from ?? to) as TimeEntry
  return entry.userId === userId ? 'task.time' : 'task.timeOfOthers'
}

/** What somebody must be allowed to do to the task to take an event back. */
const actionsOf = ({ type, changes }: Undoable, userId: string): ReadonlySet<Action> =>
  new Set(type === 'task.changed' ? changes.map((change) => actionOf(change, userId)) : ['task.delete'])

/** Projects into which taking an event back would put the task, or out of which it would take it. */
const projectsOf = ({ changes }: Undoable): string[] =>
  changes.flatMap((change) =>
    fieldOf(change.field) === 'ranks' && isMove(change) ? change.field.slice('ranks/'.length) : [],
  )

/** @throws Failure `forbidden` to those who could not have made the change themselves */
export const requireRights = ({ ask, member }: Pick<Call, 'ask' | 'member'>, task: Task, event: Undoable) => {
  for (const action of actionsOf(event, ask.userId)) {
    if (!may(member, action, aboutTask(task))) throw new Failure('forbidden')
  }
  for (const projectId of projectsOf(event)) {
    if (!may(member, 'task.create', inProject(projectId))) throw new Failure('forbidden')
  }
}

/** People and groups whom an undo would put back must still be there. */
export const checkReturning = async (
  task: Task,
  { type, changes }: Undoable,
  workspaces: Stores['workspaces'],
): Promise<void> => {
  if (type !== 'task.changed') return
  const returning = (field: 'assigneeIds' | 'assigneeGroupIds' | 'watcherIds'): string[] => {
    const before = (changes.find((one) => one.field === field)?.from ?? []) as string[]
    return before.filter((id) => !task[field].includes(id))
  }
  const shared = changes.flatMap(({ field, from, to }) =>
    fieldOf(field) === 'shares' && from !== null && to === null ? field.slice('shares/'.length) : [],
  )
  const named = {
    assigneeIds: [...returning('assigneeIds'), ...shared],
    assigneeGroupIds: returning('assigneeGroupIds'),
    watcherIds: returning('watcherIds'),
  }
  const members = await peopleIn(named, task.workspaceId, workspaces)
  if ([...members.values()].every((member) => member !== undefined)) return
  throw new Failure(
    'conflict',
    'Somebody whom this would put back is no longer a member of the workspace, or a group is gone.',
  )
}
