import { describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../../../shared/api/schemas/task.ts'
import type { Stores } from '../../../../shared/domain/ports.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { RequestMark, Task } from '../../../../shared/domain/tasks/task.ts'
import { completeTask, deleteTask, editTask, findTask } from '../../../../shared/domain/tasks/useTask.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { aMember, anAsk, aPerson, aTask, minutes, userOf, workspaceId } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'

const manager = aMember({ role: 'manager' })
const storesOf = ({ tasks, records }: ReturnType<typeof taskStore>) =>
  ({ tasks, records }) as unknown as Stores
const callOf = <A>(ask: A, member = manager) => ({ ask, person: aPerson(), member }) as unknown as Call<never>
const askOf = <Body>(body: Body, more: { mark?: RequestMark; expected?: number; now?: string } = {}) =>
  anAsk({ params: { workspaceId, taskId: aTask().id }, query: {}, body, now: minutes(1), ...more })

const complete = (store: ReturnType<typeof taskStore>, key?: string, expected?: number) => {
  const mark = key === undefined ? {} : { mark: { key, payload: 'p' } }
  const ask = askOf({}, { ...mark, ...(expected !== undefined && { expected }) })
  return completeTask.run(callOf(ask), store.present(), storesOf(store))
}
const reopen = (store: ReturnType<typeof taskStore>) =>
  store.tasks.replace(
    applyPatch(store.present(), { status: 'open' }, { userId: userOf('ben'), now: minutes(9), zone: 'UTC' }),
  )

describe('completing', () => {
  test('is done once for one key, whatever happens in between', async () => {
    const store = taskStore(aTask())
    const first = await complete(store, 'k')
    expect(first.body).toMatchObject({ status: 'done', completedAt: minutes(1), version: 2 })
    await reopen(store)
    expect(await complete(store, 'k')).toEqual(first)
    expect(store.present()).toMatchObject({ status: 'open', version: 3 })
  })

  test('a request that found it done already is replayed as well', async () => {
    const store = taskStore(aTask())
    await complete(store, 'first')
    const second = await complete(store, 'second')
    expect(second.body).toMatchObject({ status: 'done', version: 2 })
    await reopen(store)
    expect(await complete(store, 'second')).toEqual(second)
    expect(store.present().status).toBe('open')
    expect(store.events.map(({ taskVersion }) => taskVersion)).toEqual([1, 2, 3])
  })

  test('without a key it is a change like any other', async () => {
    const store = taskStore(aTask())
    await complete(store)
    const { revision } = store.present()
    expect((await complete(store)).version).toBe(2)
    expect(store.present().revision).toBe(revision)
    await reopen(store)
    expect((await complete(store)).body.status).toBe('done')
  })

  test('under a stale ETag it is refused only when the status is contested', async () => {
    const store = taskStore(aTask())
    const editor = { userId: userOf('ben'), now: minutes(0), zone: 'UTC' }
    await store.tasks.replace(applyPatch(store.present(), { title: 'x' }, editor))
    expect((await complete(store, undefined, 1)).body).toMatchObject({ status: 'done', title: 'x' })
    await reopen(store)
    await expect(complete(store, undefined, 1)).rejects.toMatchObject({ code: 'precondition-failed' })
  })
})

describe('deleting', () => {
  test('asks for the very version that If-Match names', async () => {
    const store = taskStore(aTask({ version: 3 }))
    const remove = (expected: number) =>
      deleteTask.run(callOf(askOf(undefined, { expected })), store.present(), storesOf(store))
    await expect(remove(2)).rejects.toMatchObject({ code: 'precondition-failed', extra: { version: 3 } })
    expect(store.present().trashedAt).toBeNull()
    expect(await remove(3)).toEqual({ body: undefined })
    expect(store.present().trashedAt).toBe(minutes(1))
    await expect(remove(4)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('assigning in an edit', () => {
  const edit = (task: Task, body: TaskPatch, member: Member, known: Member[] = []) => {
    const store = taskStore(task)
    const members = new Map(known.map((one) => [one.userId, one]))
    const loaded = { task, zone: 'UTC', members, declared: { fields: new Map(), people: new Map() } }
    return editTask.run(callOf(askOf(body), member), loaded, storesOf(store))
  }
  const ben = userOf('ben')

  test('is for those who may assign, and to members only', async () => {
    const body = { assigneeIds: [ben] }
    const benHere = aMember({ userId: ben })
    await expect(edit(aTask(), body, aMember({ role: 'member' }), [benHere])).rejects.toMatchObject({
      code: 'forbidden',
    })
    const own = aTask({ createdBy: userOf('ana') })
    expect((await edit(own, body, aMember({ role: 'member' }), [benHere])).body.assigneeIds).toEqual([ben])
    await expect(edit(aTask(), body, manager)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('keeps whoever has left the workspace while they stay assigned', async () => {
    const task = aTask({ assigneeIds: [ben] })
    const { body } = await edit(task, { assigneeIds: [ben, userOf('ana')] }, manager, [aMember()])
    expect(body.assigneeIds).toEqual([ben, userOf('ana')])
  })
})

test('a human id that names nothing is not found', async () => {
  const ask = anAsk({ params: { workspaceId, key: 'OPS-9' }, query: {}, body: undefined })
  await expect(findTask.run(callOf(ask), undefined, {} as Stores)).rejects.toMatchObject({
    code: 'not-found',
  })
})
