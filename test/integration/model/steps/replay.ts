import * as fc from 'fast-check'
import { expect } from 'vitest'
import { pick, step } from '../attempt.ts'
import type { Model } from '../model.ts'
import type { Remembered } from '../session.ts'

/** Marks that a task keeps. */
const marks = 10

/** Whether the request would still be heard: its task is there, and whoever sent it may do everything. */
const isHeard = (model: Model, { call, taskId, version }: Remembered): boolean => {
  const task = model.tasks.get(taskId)
  if (task === undefined || task.purged || task.state.trashed !== null) return false
  const isLord = call.who.role === 'owner' || call.who.role === 'manager'
  return isLord && task.version - version < marks
}

/** The same request again: the same answer, and nothing happens twice. */
export const replay = step('replay', async (choice: { nth: number }, model, real) => {
  const heard = real.remembered.filter((one) => isHeard(model, one))
  const one = heard[choice.nth % heard.length]
  const task = one && model.tasks.get(one.taskId)
  if (one === undefined || task === undefined) return
  const reply = await real.call(one.call)
  const mayTrail = task.version > one.version && task.followed < task.version
  // While the history has not come that far, the first run counts as under way.
  if (mayTrail && reply.status === 409) return expect(reply.body.type).toMatch(/in-progress$/)
  expect([reply.status, reply.body]).toEqual([one.reply.status, one.reply.body])
})
export const replaying = fc.record({ nth: pick })
