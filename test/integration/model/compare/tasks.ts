import { expect } from 'vitest'
import { getTask } from '../../../../shared/api/routes/tasks.ts'
import type { TaskReply } from '../../../../shared/api/schemas/task.ts'
import { all, type Model, type ModelTask, type Person } from '../model.ts'
import type { Session } from '../session.ts'
import { itemsOf } from '../steps/details.ts'

const sorted = (ids: Iterable<string>): string[] => [...ids].sort()

/** What a strong read must show. */
const expected = ({ id, createdBy, state, version, ancestorIds }: ModelTask) => ({
  id,
  createdBy,
  version,
  ancestorIds,
  title: state.title,
  status: state.status,
  priority: state.priority,
  due: state.due,
  estimateMinutes: state.estimateMinutes,
  assigneeIds: state.assigneeIds,
  tags: state.tags,
  occurrence: state.recurrence,
  projectId: state.projectId,
  key: state.key,
  parentId: state.parentId,
  links: state.links,
  projectIds: sorted(Object.keys(state.places)),
  columns: state.columns,
  checklist: itemsOf(state).map(({ id: itemId, text, done }) => ({ id: itemId, text, done })),
  time: state.time,
  spentMinutes: Object.values(state.time).reduce((sum, minutes) => sum + minutes, 0),
  isCompleted: state.completed,
  isArchived: state.archived !== null,
  isTrashed: state.trashed !== null,
  successorId: state.successorId,
})

const dayOf = (due: TaskReply['due']): string | null => (due !== null && 'date' in due ? due.date : null)

const shown = (body: TaskReply): ReturnType<typeof expected> => ({
  id: body.id,
  createdBy: body.createdBy,
  version: body.version,
  ancestorIds: body.ancestorIds,
  title: body.title,
  status: body.status,
  priority: body.priority,
  due: dayOf(body.due),
  estimateMinutes: body.estimateMinutes,
  assigneeIds: body.assigneeIds,
  tags: body.tags,
  occurrence: body.recurrence?.occurrence ?? null,
  projectId: body.projectId,
  key: body.key,
  parentId: body.parentId,
  links: Object.fromEntries(body.links.map(({ taskId, kind }) => [taskId, kind])),
  projectIds: sorted(body.projectIds),
  columns: body.columns,
  checklist: body.checklist,
  time: Object.fromEntries(body.timeEntries.map(({ id, minutes }) => [id, minutes ?? 0])),
  spentMinutes: body.spentMinutes,
  isCompleted: body.completedAt !== null,
  isArchived: body.archivedAt !== null,
  isTrashed: body.trashedAt !== null && body.purgeAt !== null,
  successorId: body.successorId,
})

/** Every task, by strong reads; those that are gone are gone. */
export const compareTasks = async (model: Model, real: Session, owner: Person): Promise<void> => {
  const read = await Promise.all(
    all(model).map((task) => real.call({ who: owner, route: getTask, params: { taskId: task.id } })),
  )
  const present = read.map(({ status, body }) => (status === 200 ? shown(body) : status))
  expect(present).toEqual(all(model).map((task) => (task.purged ? 404 : expected(task))))
}

/** Human ids: none is given twice, and each finds its task, also the old ones. */
export const compareKeys = async (model: Model, real: Session): Promise<void> => {
  const keys = all(model).flatMap((task) => [...task.keys].map((key) => ({ key, task })))
  expect(new Set(keys.map(({ key }) => key)).size, 'different human ids').toBe(keys.length)
  const { tasks } = real.app.stores
  const found = await Promise.all(keys.map(({ key }) => tasks.idOf(real.workspaceId, key)))
  expect(found, 'tasks by their human ids').toEqual(
    keys.map(({ task }) => (task.purged ? undefined : task.id)),
  )
}

/** Each link has its other side, and leads to a task that is there. */
export const compareLinks = (model: Model): void => {
  const inverse = {
    blocks: 'blockedBy',
    blockedBy: 'blocks',
    relatesTo: 'relatesTo',
    duplicates: 'duplicatedBy',
    duplicatedBy: 'duplicates',
  }
  for (const task of all(model).filter(({ purged }) => !purged)) {
    for (const [otherId, kind] of Object.entries(task.state.links)) {
      expect(model.tasks.get(otherId)?.state.links[task.id]).toBe(inverse[kind])
    }
    const { parentId } = task.state
    if (parentId !== null) expect(model.tasks.get(parentId)?.purged, 'the parent is there').toBe(false)
  }
}
