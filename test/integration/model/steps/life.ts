import { expect } from 'vitest'
import * as life from '../../../../shared/api/routes/life.ts'
import { deleteTask } from '../../../../shared/api/routes/tasks.ts'
import { aimed, attempt, type Chosen, idAt, step } from '../attempt.ts'
import { drain as follow } from '../drain.ts'
import { broughtBack, refused } from '../rules.ts'

export const trash = step('trash', async (chosen: Chosen, model, real) => {
  await attempt(model, real, chosen, {
    route: deleteTask,
    right: 'delete',
    decide: ({ id, state }) => ({ ...state, trashed: id }),
  })
})

export const restore = step('restore', async (choice: Chosen, model, real) => {
  const chosen = aimed(model, choice, ({ state }) => state.trashed !== null)
  await attempt(model, real, chosen, {
    route: life.restoreTask,
    right: 'delete',
    reach: 'any',
    decide: (task) => broughtBack(model, task, 'trashed'),
  })
})

export const archive = step('archive', async (chosen: Chosen, model, real) => {
  await attempt(model, real, chosen, {
    route: life.archiveTask,
    right: 'edit',
    decide: ({ id, state }) => (state.archived === null ? { ...state, archived: id } : state),
  })
})

export const unarchive = step('unarchive', async (choice: Chosen, model, real) => {
  const chosen = aimed(model, choice, ({ state }) => state.archived !== null)
  await attempt(model, real, chosen, {
    route: life.unarchiveTask,
    right: 'edit',
    decide: (task) => broughtBack(model, task, 'archived'),
  })
})

export const purge = step('purge', async (choice: Chosen, model, real) => {
  const chosen = aimed(model, choice, ({ state }) => state.trashed !== null)
  const reply = await attempt(
    model,
    real,
    { ...chosen, keyed: false },
    {
      route: life.purgeTask,
      right: 'purge',
      reach: 'any',
      decide: ({ state }) => (state.trashed === null ? refused(409) : state),
    },
  )
  if (reply === undefined) return
  expect(reply.status).toBe(204)
  const task = model.tasks.get(idAt(model, chosen.task))
  if (task !== undefined) task.purged = true
})

export const drain = step('drain', async (_: null, model, real) => follow(model, real))
