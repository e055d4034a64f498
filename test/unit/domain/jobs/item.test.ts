import { describe, expect, test } from 'vitest'
import type { JobAction } from '../../../../shared/api/schemas/jobs.ts'
import { runItem, type StepFacts } from '../../../../shared/domain/jobs/item.ts'
import type { Job } from '../../../../shared/domain/jobs/job.ts'
import type { Tasks, Written } from '../../../../shared/domain/ports.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aMember, aTask, idOf, minutes, userOf } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'
import { aJob, jobId } from './jobBuilders.ts'

const [ana, ben, cleo] = [userOf('ana'), userOf('ben'), userOf('cleo')]
const editor = { userId: ana, now: minutes(1), zone: 'UTC', cause: { kind: 'bulk' as const, id: jobId } }
const nothing = { people: new Map(), declared: { fields: new Map(), people: new Map() } }
const everybody = {
  ...nothing,
  people: new Map([ana, ben, cleo].map((userId) => [userId, aMember({ userId })])),
}

const factsOf = (action: JobAction, job: Partial<Job> = {}, changes: Partial<StepFacts> = {}): StepFacts => ({
  job: aJob({ action, ...job }),
  isCancelled: false,
  member: aMember({ userId: ana, role: 'manager' }),
  named: everybody,
  editor,
  ...changes,
})
const complete = (job: Partial<Job> = {}, changes: Partial<StepFacts> = {}) =>
  factsOf({ kind: 'complete' }, job, changes)
const assign = (...assigneeIds: string[]) => factsOf({ kind: 'edit', patch: { assigneeIds } })
/** Somebody else's edit. */
const edited = (task: Task, patch: Parameters<typeof applyPatch>[1]) =>
  applyPatch(task, patch, { userId: ben, now: minutes(2), zone: 'UTC' })

describe('one task of a job', () => {
  test('is changed in one write, which says what caused it', async () => {
    const store = taskStore(aTask())
    const { result } = await runItem(aTask(), complete(), store.tasks)
    expect(result).toEqual({ outcome: 'changed', version: 2 })
    expect(store.present()).toMatchObject({ status: 'done', version: 2, updatedBy: ana })
    expect(store.present().cause).toEqual({ kind: 'bulk', id: jobId })
  })

  test('run again is left as others have made it since, and has the result of the first run', async () => {
    const store = taskStore(aTask())
    const first = await runItem(aTask(), assign(ben, cleo), store.tasks)
    const theirs = edited(store.present(), { assigneeIds: [], title: 'Theirs' })
    await store.tasks.replace(theirs)
    const again = await runItem(theirs, assign(ben, cleo), store.tasks)
    expect(again).toEqual(first)
    expect(first).toEqual({ result: { outcome: 'changed', version: 2 }, told: [ben, cleo] })
    expect(store.present()).toMatchObject({ title: 'Theirs', assigneeIds: [], version: 3 })
  })

  test('tells whom it has newly assigned, never the one who made the job', async () => {
    const task = aTask({ assigneeIds: [ben] })
    const { told } = await runItem(task, assign(ana, ben, cleo), taskStore(task).tasks)
    expect(told).toEqual([cleo])
  })

  test('that changes under it is decided again from what it has become', async () => {
    const store = taskStore(aTask())
    const stale = aTask()
    await store.tasks.replace(edited(stale, { title: 'Theirs' }))
    const { result } = await runItem(stale, complete(), store.tasks)
    expect(result).toEqual({ outcome: 'changed', version: 3 })
    expect(store.present()).toMatchObject({ title: 'Theirs', status: 'done' })
  })

  test('that was trashed meanwhile is missing', async () => {
    const stale = aTask()
    const store = taskStore(stale)
    await store.tasks.replace({ ...stale, trashedAt: minutes(1), revision: 2, version: 2 })
    expect((await runItem(stale, complete(), store.tasks)).result).toEqual({ outcome: 'missing' })
  })

  test('that is as the job wants it is not written', async () => {
    const task = aTask({ status: 'done' })
    const store = taskStore(task)
    expect((await runItem(task, complete(), store.tasks)).result).toEqual({
      outcome: 'unchanged',
      version: 1,
    })
    expect(store.present()).toBe(task)
  })

  test('of a dry run is judged in the same way and not written', async () => {
    const store = taskStore(aTask())
    const { result, told } = await runItem(
      aTask(),
      factsOf(assign(ben).job.action, { dryRun: true }),
      store.tasks,
    )
    expect([result, told]).toEqual([{ outcome: 'would-change', version: 1 }, []])
    expect(store.present().version).toBe(1)
  })

  test('is missing when it is not there', async () => {
    expect((await runItem(undefined, complete(), taskStore(aTask()).tasks)).result).toEqual({
      outcome: 'missing',
    })
  })

  test('of a cancelled job is left alone, unless the job has changed it already', async () => {
    const store = taskStore(aTask())
    const cancelled = complete({}, { isCancelled: true })
    expect((await runItem(aTask(), cancelled, store.tasks)).result).toEqual({
      outcome: 'cancelled',
      version: 1,
    })
    await runItem(aTask(), complete(), store.tasks)
    const { result } = await runItem(store.present(), cancelled, store.tasks)
    expect(result).toEqual({ outcome: 'changed', version: 2 })
  })
})

describe('refused is', () => {
  const refused = async (facts: StepFacts, task = aTask()) =>
    (await runItem(task, facts, taskStore(task).tasks)).result

  test('what the role does not allow; what it may not even see is missing', async () => {
    const asMember = { member: aMember({ userId: ana }) }
    expect(await refused(complete({}, asMember))).toEqual({
      outcome: 'refused',
      problem: { code: 'forbidden' },
    })
    expect(await refused(complete({}, asMember), aTask({ assigneeIds: [ana] }))).toMatchObject({
      outcome: 'changed',
    })
    const asGuest = { member: aMember({ userId: ana, role: 'guest' as const }) }
    expect(await refused(complete({}, asGuest))).toEqual({ outcome: 'missing' })
  })

  test('everything once the person is removed', async () => {
    expect(await refused(complete({}, { member: undefined }))).toMatchObject({
      outcome: 'refused',
      problem: { code: 'forbidden', detail: 'Whoever made the job is no member any more.' },
    })
  })

  test('an assignee who is no member any more, unless the task has them', async () => {
    const gone = factsOf({ kind: 'edit', patch: { assigneeIds: [ben] } }, {}, { named: nothing })
    expect(await refused(gone)).toEqual({
      outcome: 'refused',
      problem: { code: 'invalid-request', detail: '/assigneeIds/0 must be a member of this workspace' },
    })
    expect(await refused(gone, aTask({ assigneeIds: [ben] }))).toMatchObject({ outcome: 'unchanged' })
  })

  test('a value of a custom field that the projects of the task do not have', async () => {
    const field = idOf('customField', 'one')
    expect(await refused(factsOf({ kind: 'edit', patch: { customFields: { [field]: 'x' } } }))).toEqual({
      outcome: 'refused',
      problem: {
        code: 'invalid-request',
        detail: `/customFields/${field} must be a field of one of the task's projects`,
      },
    })
  })

  test('a task that others never stop changing', async () => {
    let version = 1
    const contested: Pick<Tasks, 'replace'> = {
      replace: async (): Promise<Written<Task>> => {
        version += 1
        return { won: false, present: aTask({ version, revision: version }) }
      },
    }
    const { result } = await runItem(aTask(), complete(), contested as Tasks)
    expect(result).toMatchObject({ outcome: 'refused', problem: { code: 'unavailable' } })
  })

  test('nothing that is a surprise: that fails the step', async () => {
    const broken = { replace: async () => Promise.reject(new Error('no table')) }
    await expect(runItem(aTask(), complete(), broken as unknown as Tasks)).rejects.toThrow('no table')
  })
})
