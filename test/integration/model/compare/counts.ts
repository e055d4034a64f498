import { expect } from 'vitest'
import { getProjectStatistics, getStatistics } from '../../../../shared/api/routes/projects.ts'
import { priorities, statuses } from '../../../../shared/api/schemas/task.ts'
import { type Model, type ModelTask, type Person, there } from '../model.ts'
import type { Session } from '../session.ts'
import { isBelow } from '../steps/structure.ts'

const countBy = (tasks: readonly ModelTask[], name: 'status' | 'priority', names: readonly string[]) =>
  Object.fromEntries(names.map((one) => [one, tasks.filter(({ state }) => state[name] === one).length]))

const statisticsOf = (tasks: readonly ModelTask[]) => ({
  total: tasks.length,
  byStatus: countBy(tasks, 'status', statuses),
  byPriority: countBy(tasks, 'priority', priorities),
})

/** Statistics of the workspace and of each project: what is neither archived nor in the trash. */
export const compareStatistics = async (model: Model, real: Session, owner: Person): Promise<void> => {
  const active = there(model).filter(({ state }) => state.archived === null && state.trashed === null)
  const [whole, ...parts] = await Promise.all([
    real.call({ who: owner, route: getStatistics, params: {} }),
    ...model.projects.map(({ id: projectId }) =>
      real.call({ who: owner, route: getProjectStatistics, params: { projectId } }),
    ),
  ])
  expect(whole.body, 'of the workspace').toEqual(statisticsOf(active))
  expect(
    parts.map(({ body }) => body),
    'of projects',
  ).toEqual(
    model.projects.map(({ id }) => statisticsOf(active.filter(({ state }) => state.projectId === id))),
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** What all tasks below one come to, cancelled and deleted ones left out. */
export const compareRollups = async (model: Model, real: Session): Promise<void> => {
  const tasks = there(model)
  const counted = tasks.filter(({ state }) => state.trashed === null && state.status !== 'cancelled')
  const read = await Promise.all(tasks.map(({ id }) => real.app.stores.records.rollup(real.workspaceId, id)))
  const expected = tasks.map(({ id }) => {
    const below = counted.filter((one) => isBelow(model, one.id, id)).map(({ state }) => state)
    return {
      subtasks: below.length,
      done: below.filter(({ status }) => status === 'done').length,
      estimateMinutes: sum(below.map(({ estimateMinutes }) => estimateMinutes ?? 0)),
      spentMinutes: sum(below.flatMap(({ time }) => Object.values(time))),
    }
  })
  expect(read).toEqual(expected)
}
