import { expect } from 'vitest'
import { listSubtasks } from '../../../../shared/api/routes/structure.ts'
import { listAssignedTasks, listProjectTasks } from '../../../../shared/api/routes/tasks.ts'
import { type LifeState, lifeStates } from '../../../../shared/api/schemas/task.ts'
import { inOrder, type Model, type ModelTask, type Person, there } from '../model.ts'
import type { Call, Session } from '../session.ts'

const lifeOf = ({ state }: ModelTask): LifeState => {
  if (state.trashed !== null) return 'trashed'
  return state.archived === null ? 'active' : 'archived'
}

interface List {
  readonly route: Call['route']
  readonly params: Record<string, string>
  readonly sort: 'rank' | 'created'
  readonly tasks: readonly ModelTask[]
}

const byId = (a: ModelTask, b: ModelTask): number => (a.id < b.id ? -1 : 1)

const listsOf = (model: Model): List[] => {
  const tasks = there(model)
  return [
    ...model.projects.map(({ id: projectId }) => ({
      route: listProjectTasks,
      params: { projectId },
      sort: 'rank' as const,
      tasks: inOrder(model, projectId),
    })),
    ...model.people.map(({ id: userId }) => ({
      route: listAssignedTasks,
      params: { userId },
      sort: 'created' as const,
      tasks: tasks.filter(({ state }) => state.assigneeIds.includes(userId)).sort(byId),
    })),
    // Those in the trash have none to show.
    ...tasks
      .filter(({ state }) => state.trashed === null)
      .map(({ id: taskId }) => ({
        route: listSubtasks,
        params: { taskId },
        sort: 'created' as const,
        tasks: tasks.filter(({ state }) => state.parentId === taskId).sort(byId),
      })),
  ]
}

const row = (item: { id: string; title: string; status: string; key: string; parentId: string | null }) => [
  item.id,
  item.key,
  item.title,
  item.status,
  item.parentId,
]

/** Every list in every state shows what it must, in its order. */
export const compareLists = async (model: Model, real: Session, owner: Person): Promise<void> => {
  const wanted = listsOf(model).flatMap((list) =>
    lifeStates
      .map((life) => ({ ...list, life, tasks: list.tasks.filter((task) => lifeOf(task) === life) }))
      // An empty list is looked at once, or where something has left it.
      .filter(
        ({ life, tasks, route }) => tasks.length > 0 || life === 'active' || route === listProjectTasks,
      ),
  )
  const replies = await Promise.all(
    wanted.map(({ route, params, sort, life }) => {
      const query = { sort, state: life, limit: '100' }
      return real.call({ who: owner, route, params, query })
    }),
  )
  const shown = replies.map(({ status, body }) => (status === 200 ? body.items.map(row) : [status, body]))
  expect(shown).toEqual(wanted.map(({ tasks }) => tasks.map(({ id, state }) => row({ id, ...state }))))
}
