import { expect } from 'vitest'
import { all, type Model, there } from './model.ts'
import { findRepeated } from './repeated.ts'
import type { Session } from './session.ts'
import { settle } from './settle.ts'

/** Lets the stream be followed to its end, in the workspace and in its model. */
export const drain = async (model: Model, real: Session): Promise<void> => {
  await real.app.drain()
  await findRepeated(model, real)
  settle(model)
  await Promise.all(
    there(model).map(async (task) => {
      const present = await real.app.stores.tasks.task(real.workspaceId, task.id)
      expect(present, `${task.state.title} is there`).toBeDefined()
      if (present === undefined) return
      const last = task.cascades.findIndex(({ version }) => version === Number.POSITIVE_INFINITY)
      if (last < 0)
        expect(present.version, `version of ${task.state.title}`).toBeGreaterThanOrEqual(task.version)
      const followed = task.cascades.map((one) => ({
        ...one,
        version: Math.min(one.version, present.version),
      }))
      task.cascades.splice(0, Number.POSITIVE_INFINITY, ...followed)
      task.version = present.version
      task.followed = present.version
      // The number of a next occurrence is the stream's to give.
      if (task.state.key === '') {
        task.state = { ...task.state, key: present.key }
        task.keys.add(present.key)
      }
    }),
  )
  for (const task of all(model)) if (task.purged) task.followed = task.version
}
