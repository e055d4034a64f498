import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { change, existing, merge } from '../../../../shared/domain/tasks/change.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import { changedPaths, valueAt } from '../../../../shared/domain/tasks/paths.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'

const editor = (name = 'ana', at = 1) => ({ userId: userOf(name), now: minutes(at), zone: 'UTC' })
const isConflict = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'precondition-failed'

/** Where a patch writes: custom fields one by one, everything else as a whole. */
const pathsOf = ({ customFields = {}, ...whole }: TaskPatch): string[] => [
  ...Object.keys(whole),
  ...Object.keys(customFields).map((id) => `customFields/${id}`),
]

/** One request: read, then patch under the version that was read (or `expected`). */
const request = async (
  store: ReturnType<typeof taskStore>,
  seen: Task,
  patch: TaskPatch,
  expected: number | undefined,
) => {
  try {
    return { task: await change(seen, merge(patch, expected, editor(), seen, store.records), store.tasks) }
  } catch (error) {
    if (!isConflict(error)) throw error
    return { conflict: error }
  }
}

describe('merging', () => {
  test('refuses exactly when somebody changed a field of the patch to something else since', async () => {
    const edits = fc.array(arbitrary.patch, { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(arbitrary.task, edits, fc.nat(6), arbitrary.patch, async (first, others, at, mine) => {
        const store = taskStore(first)
        for (const patch of others) await request(store, store.present(), patch, undefined)
        const base = store.states[Math.min(at, store.states.length - 1)] as Task
        const theirs = store.present()
        const wanted = applyPatch(theirs, mine, editor())
        const later = store.states.slice(store.states.indexOf(base))
        const touched = new Set(later.slice(1).flatMap((state, n) => changedPaths(later[n] as Task, state)))
        const contested = pathsOf(mine).filter(
          (path) => touched.has(path) && !isDeepStrictEqual(valueAt(theirs, path), valueAt(wanted, path)),
        )
        const { conflict, task } = await request(store, theirs, mine, base.version)
        if (contested.length === 0) {
          expect(task).toEqual(wanted)
        } else {
          expect(conflict?.extra).toEqual({
            version: theirs.version,
            conflicts: contested.map((path) => ({
              field: path,
              base: valueAt(base, path),
              mine: valueAt(wanted, path),
              theirs: valueAt(theirs, path),
            })),
          })
          expect(store.present()).toBe(theirs)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('loses no update among rivals with one ETag: one winner for each contested field', async () => {
    const rivals = fc.array(arbitrary.patch, { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(arbitrary.task, rivals, fc.scheduler(), async (first, patches, scheduler) => {
        const store = taskStore(first)
        const replace = scheduler.scheduleFunction(store.tasks.replace)
        const raced = { ...store, tasks: { ...store.tasks, replace } }
        const running = patches.map((patch) => request(raced, first, patch, first.version))
        await scheduler.waitIdle()
        const replies = await Promise.all(running)
        replies.forEach(({ task }, n) => {
          // Whoever was told 200 finds their values in the end: nobody may overwrite them under the old ETag.
          if (task === undefined) return
          const wanted = applyPatch(first, patches[n] as TaskPatch, editor())
          for (const path of changedPaths(first, wanted)) {
            expect(valueAt(store.present(), path)).toEqual(valueAt(wanted, path))
          }
        })
        expect(replies.some(({ task }) => task !== undefined)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('two custom fields are two fields', async () => {
    const [one, two] = [idOf('customField', 'one'), idOf('customField', 'two')]
    const store = taskStore(aTask({ customFields: { [one]: 'a', [two]: 'b' } }))
    await request(store, store.present(), { customFields: { [one]: 'theirs' } }, 1)
    const merged = await request(store, store.present(), { customFields: { [two]: null } }, 1)
    expect(merged.task?.customFields).toEqual({ [one]: 'theirs' })
    const { conflict } = await request(store, store.present(), { customFields: { [one]: 'mine' } }, 1)
    expect(conflict?.extra).toEqual({
      version: 3,
      conflicts: [{ field: `customFields/${one}`, base: 'a', mine: 'mine', theirs: 'theirs' }],
    })
  })

  test('a version that does not exist yet is refused', async () => {
    const store = taskStore(aTask())
    expect((await request(store, store.present(), { title: 'x' }, 2)).conflict).toBeDefined()
  })

  test('a base that the history has not reached yet is left out', async () => {
    const store = taskStore(aTask())
    const seen = applyPatch(aTask(), { title: 'theirs' }, editor('ben'))
    await store.tasks.replace(seen)
    const blind = { ...store, records: { ...store.records, changesFrom: async () => [] } }
    const { conflict } = await request(blind, seen, { title: 'mine' }, 1)
    expect(conflict?.extra.conflicts).toEqual([
      { field: 'title', base: undefined, mine: 'mine', theirs: 'theirs' },
    ])
  })
})

describe('changing', () => {
  test('what has gone meanwhile, or into the trash, is not found', async () => {
    for (const present of [undefined, aTask({ trashedAt: iso(start) })]) {
      const tasks = { ...taskStore(aTask()).tasks, replace: async () => ({ won: false as const, present }) }
      const decide = (task: Task) => ({ ...task, revision: task.revision + 1 })
      await expect(change(aTask(), decide, tasks)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(() => existing(undefined)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  test('gives up some time, saying so', async () => {
    let writes = 0
    const replace = async () => {
      writes += 1
      return { won: false as const, present: aTask() }
    }
    const tasks = { ...taskStore(aTask()).tasks, replace }
    await expect(change(aTask(), (task) => ({ ...task }), tasks)).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(writes).toBeLessThanOrEqual(100)
  })
})
