import { expect } from 'vitest'
import { listProjectTasks } from '../../../../shared/api/routes/tasks.ts'
import { type LifeState, lifeStates } from '../../../../shared/api/schemas/task.ts'
import { linkKey, listPk } from '../../../../shared/data/keys.ts'
import type { ListOwner } from '../../../../shared/domain/ports.ts'
import { isTouched } from '../attempt.ts'
import { all, inOrder, type Model, type ModelTask, type Person, there } from '../model.ts'
import type { Session } from '../session.ts'

const lifeOf = ({ state }: ModelTask): LifeState => {
  if (state.trashed !== null) return 'trashed'
  return state.archived === null ? 'active' : 'archived'
}

const names = ['id', 'key', 'title', 'status', 'priority', 'projectId', 'parentId'] as const
const row = (item: object) => names.map((name) => (item as Record<string, unknown>)[name])
const rowOf = ({ id, state }: ModelTask) => row({ id, ...state })

/** The active lists, and those of the archive and the trash once something was ever put there. */
const listsOf = (model: Model) => {
  const used = lifeStates.filter(
    (life) => life === 'active' || all(model).some((task) => isTouched(task, life, 0)),
  )
  return model.projects.flatMap(({ id }) => used.map((life) => ({ projectId: id, life })))
}

/** Every list of a project shows what it must, in its order. */
export const compareLists = async (model: Model, real: Session, who: Person): Promise<void> => {
  const lists = listsOf(model)
  const replies = await Promise.all(
    lists.map(({ projectId, life }) => {
      const query = { sort: 'rank', state: life, limit: '100' }
      return real.call({ who, route: listProjectTasks, params: { projectId }, query })
    }),
  )
  const shown = replies.map(({ status, body }) => (status === 200 ? body.items.map(row) : [status, body]))
  const expected = lists.map(({ projectId, life }) =>
    inOrder(model, projectId).filter((task) => lifeOf(task) === life),
  )
  expect(shown, 'lists of projects').toEqual(expected.map((tasks) => tasks.map(rowOf)))
}

const byFirst = ([a]: unknown[], [b]: unknown[]): number => (String(a) < String(b) ? -1 : 1)
const byId = (a: ModelTask, b: ModelTask): number => (a.id < b.id ? -1 : 1)

/** Tasks below which one stands or ever stood. */
const parentsEver = (model: Model): string[] => {
  const states = all(model).flatMap(({ state, happenings }) => [
    state,
    ...happenings.map(({ after }) => after),
  ])
  return [...new Set(states.flatMap(({ parentId }) => parentId ?? []))]
}

/** Who has a list that shows tasks by links, and which tasks those are. */
const linkListsOf = (model: Model): { owner: ListOwner; tasks: ModelTask[] }[] => {
  const tasks = there(model).sort(byId)
  const having = (owner: ListOwner, has: (task: ModelTask) => boolean) => ({
    owner,
    tasks: tasks.filter(has),
  })
  return [
    ...model.people.map(({ id: assigneeId }) =>
      having({ assigneeId }, ({ state }) => state.assigneeIds.includes(assigneeId)),
    ),
    ...model.projects.map(({ id: projectId }) =>
      having({ projectId }, ({ state }) => projectId in state.places && state.projectId !== projectId),
    ),
    ...parentsEver(model).map((parentId) => having({ parentId }, ({ state }) => state.parentId === parentId)),
  ]
}

/** The lists of people, of further projects and of subtasks hold what they must, each in the right part of it. */
export const compareLinkLists = async (model: Model, { app, workspaceId }: Session): Promise<void> => {
  const lists = linkListsOf(model)
  const read = await Promise.all(
    lists.map(({ owner }) => app.table.query({ pk: linkKey(workspaceId, owner, '').PK, limit: 1_000 })),
  )
  const partOf = (owner: ListOwner, task: ModelTask) =>
    listPk(workspaceId, owner, lifeOf(task), task.state.status)
  expect(
    // Links lie by a part of the id that no order is in.
    read.map(({ items }) => items.map((item) => [...row(item), item.list]).sort(byFirst)),
    'lists of people, further projects and subtasks',
  ).toEqual(lists.map(({ owner, tasks }) => tasks.map((task) => [...rowOf(task), partOf(owner, task)])))
}
