import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import { asOf, versionMadeBy, withMark } from '../../../../shared/domain/tasks/idempotency.ts'
import { present as shown } from '../../../../shared/domain/tasks/present.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aMember, aTask, minutes, userOf } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'

/** Everything people see of a task. */
const seen = (task: Task) => shown(task, aMember())
const patches = fc.array(fc.tuple(arbitrary.patch, fc.constantFrom('ana', 'ben'), fc.nat(90)), {
  maxLength: 12,
})

/** A task edited by patch after patch, each some minutes after the one before. */
const storyOf = async (task: Task, edits: readonly (readonly [TaskPatch, string, number])[]) => {
  const store = taskStore(task)
  let at = 0
  for (const [patch, who, wait] of edits) {
    at += wait
    const editor = { userId: userOf(who), now: minutes(at), zone: 'UTC' }
    const next = applyPatch(store.present(), patch, editor)
    if (next !== store.present()) await store.tasks.replace(next)
  }
  return { store, end: minutes(at) }
}

describe('taking changes back', () => {
  test('gives every earlier state exactly as people saw it, whatever the edits', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary.task, patches, async (task, edits) => {
        const { store } = await storyOf(task, edits)
        for (const state of store.states) {
          const back = await asOf(store.present(), state.version, store.records)
          expect(seen(back)).toEqual(seen(state))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('also once the task is in the trash', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary.task, patches, async (task, edits) => {
        const { store, end } = await storyOf(task, edits)
        const states = [...store.states]
        await store.tasks.replace(trash(store.present(), { userId: userOf('ben'), now: end, zone: 'UTC' }))
        for (const state of states) {
          expect(seen(await asOf(store.present(), state.version, store.records))).toEqual(seen(state))
        }
      }),
      { numRuns: 50 },
    )
  })

  test('is not possible while the history trails: the request counts as running', async () => {
    const { store } = await storyOf(aTask(), [
      [{ title: 'a' }, 'ana', 1],
      [{ title: 'b' }, 'ana', 1],
    ])
    const cut = (kept: readonly number[]) => ({
      ...store.records,
      changesFrom: async () => store.events.filter(({ taskVersion }) => kept.includes(taskVersion)),
    })
    for (const kept of [[], [1], [1, 2], [2, 3], [1, 3]]) {
      await expect(asOf(store.present(), 1, cut(kept))).rejects.toMatchObject({ code: 'in-progress' })
    }
    expect((await asOf(store.present(), 1, cut([1, 2, 3]))).title).toBe('Pay rent')
  })
})

describe('marks', () => {
  const mark = (n: number) => ({ key: `k${n}`, payload: 'p' })

  test('name the version their request made', () => {
    const task = withMark(aTask({ version: 7 }), mark(1))
    expect(versionMadeBy(task, mark(1))).toBe(7)
    expect(versionMadeBy(task, mark(2))).toBeUndefined()
    expect(versionMadeBy(task, null)).toBeUndefined()
    expect(withMark(task, null)).toBe(task)
  })

  test('with another payload are a mismatch', () => {
    const task = withMark(aTask(), mark(1))
    expect(() => versionMadeBy(task, { key: 'k1', payload: 'q' })).toThrow(
      expect.objectContaining({ code: 'idempotency-mismatch' }),
    )
  })

  test('are kept for the latest ten requests', () => {
    let task = aTask()
    for (let n = 1; n <= 12; n++) task = withMark({ ...task, version: n }, mark(n))
    expect(task.marks).toHaveLength(10)
    expect(versionMadeBy(task, mark(2))).toBeUndefined()
    expect(versionMadeBy(task, mark(3))).toBe(3)
    expect(versionMadeBy(task, mark(12))).toBe(12)
  })
})
