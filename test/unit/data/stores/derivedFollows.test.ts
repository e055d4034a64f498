import { describe, expect, test } from 'vitest'
import { linkKey, listPk } from '../../../../shared/data/keys.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { recordStore } from '../../../../shared/data/stores/history.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import type { Table } from '../../../../shared/data/tablePort.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import { type Consequences, consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, projectId, start, userOf, workspaceId } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const editor = { userId: userOf('owner'), now: minutes(1), zone: 'UTC' }
const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => userOf(`p${from + n}`))

/** What follows from a state of the task after another. */
const followed = (before: Task | undefined, after: Task | undefined): Consequences => {
  const found = consequencesOf(before, after)
  if (found === undefined) throw new Error('nothing follows')
  return found
}

const startStore = () => {
  const { table, items } = memoryTable()
  const tasks = taskStore(table)
  /** Stores the states one after the other, as the routes do. */
  const write = async (...states: readonly Task[]) => {
    for (const state of states) await (state.version === 1 ? tasks.add(state) : tasks.replace(state))
  }
  const remove = (task: Task) => {
    for (const [name, item] of items) if (item.id === task.id && item.itemType === 'task') items.delete(name)
  }
  const linked = (task: Task, userId: string) =>
    table.get(linkKey(workspaceId, { assigneeId: userId }, task.id))
  return { write, remove, linked, derived: derivedStore(table), records: recordStore(table) }
}

/** A table that takes as much in one transaction as DynamoDB does. */
const limited = (table: Table): Table => ({
  ...table,
  transact: (writes) => {
    const bytes = writes.reduce((sum, write) => sum + Buffer.byteLength(JSON.stringify(write)), 0)
    if (writes.length > 100 || bytes > 4 * 2 ** 20) throw new Error(`${writes.length} writes, ${bytes} bytes`)
    return table.transact(writes)
  },
})

/** As much as the custom fields of a task hold, in a script of three bytes a character. */
const filled = Object.fromEntries(
  Array.from({ length: 50 }, (_, n) => [idOf('customField', `f${n}`), '仕'.repeat(1_000)]),
)

describe('assignment links', () => {
  test('of fifty people to a task whose fields are full fit transactions, and so does taking them away', async () => {
    const { table } = memoryTable()
    const derived = derivedStore(limited(table))
    const first = aTask({ assigneeIds: people(0, 50), customFields: filled })
    const second = applyPatch(first, { assigneeIds: people(50, 50), customFields: {} }, editor)
    await taskStore(table).add(first)
    await derived.apply(workspaceId, [followed(undefined, first)])
    await taskStore(table).replace(second)
    await derived.apply(workspaceId, [followed(first, second)])
    for (const [n, userId] of people(0, 100).entries()) {
      const link = await table.get(linkKey(workspaceId, { assigneeId: userId }, first.id))
      expect(link?.customFields, userId).toEqual(n < 50 ? undefined : filled)
    }
  })

  test('of a task in three hundred projects fit transactions', async () => {
    const { table } = memoryTable()
    const ids = people(0, 300).map((name) => idOf('project', name))
    const task = aTask({ ranks: Object.fromEntries([projectId, ...ids].map((id) => [id, 'h1'])) })
    await taskStore(table).add(task)
    await derivedStore(limited(table)).apply(workspaceId, [followed(undefined, task)])
    const links = await Promise.all(
      ids.map((id) => table.get(linkKey(workspaceId, { projectId: id }, task.id))),
    )
    expect(links.filter((link) => link === undefined)).toEqual([])
  })

  test('of fifty people who all give way to fifty others', async () => {
    const { write, linked, derived, records } = startStore()
    const first = aTask({ assigneeIds: people(0, 50) })
    const second = applyPatch(first, { assigneeIds: people(50, 50) }, editor)
    await write(first, second)
    await derived.apply(workspaceId, [followed(undefined, first)])
    await derived.apply(workspaceId, [followed(first, second)])
    const all = await Promise.all(people(0, 100).map((userId) => linked(second, userId)))
    expect(all.map((link) => link !== undefined)).toEqual(people(0, 100).map((_, n) => n >= 50))
    expect((await records.history(workspaceId, second.id, 10)).items).toHaveLength(2)
  })

  test('follow the task as it is when an earlier change is applied after a later one', async () => {
    const { write, linked, derived } = startStore()
    const [ana, bo] = [userOf('ana'), userOf('bo')]
    const first = aTask()
    const toAna = applyPatch(first, { assigneeIds: [ana] }, editor)
    const toBo = applyPatch(toAna, { assigneeIds: [bo], title: 'Pay the rent' }, editor)
    await write(first, toAna, toBo)
    await derived.apply(workspaceId, [followed(undefined, first)])
    await derived.apply(workspaceId, [followed(toAna, toBo)])
    await derived.apply(workspaceId, [followed(first, toAna)])
    expect(await linked(first, ana)).toBeUndefined()
    expect(await linked(first, bo)).toMatchObject({ title: 'Pay the rent' })
  })

  test('are those of the trash when the task went there before its assignment is applied', async () => {
    const { write, linked, derived } = startStore()
    const ana = userOf('ana')
    const first = aTask()
    const assigned = applyPatch(first, { assigneeIds: [ana] }, editor)
    const gone = trash(assigned, editor)
    await write(first, assigned, gone)
    await derived.apply(workspaceId, [followed(undefined, first), followed(assigned, gone)])
    await derived.apply(workspaceId, [followed(first, assigned)])
    expect(await linked(first, ana)).toMatchObject({
      trashedAt: gone.trashedAt,
      list: listPk(workspaceId, { assigneeId: ana }, 'trashed', 'open'),
    })
  })

  test('go with the task, also when an earlier change is applied after it is gone', async () => {
    const { write, remove, linked, derived } = startStore()
    const first = aTask()
    const assigned = applyPatch(first, { assigneeIds: [userOf('ana')] }, editor)
    const gone = trash(assigned, editor)
    await write(first, assigned, gone)
    remove(gone)
    await derived.apply(workspaceId, [followed(assigned, gone), followed(gone, undefined)])
    await derived.apply(workspaceId, [followed(first, assigned)])
    expect(await linked(first, userOf('ana'))).toBeUndefined()
  })
})

test('a task made again under its Idempotency-Key after the first was purged has a history of its own', async () => {
  const { write, remove, derived, records } = startStore()
  const seed = derivedSeed('the same request')
  const first = aTask({ id: makeId('task', start, seed) })
  const gone = trash(first, editor)
  await write(first, gone)
  await derived.apply(workspaceId, [followed(undefined, first), followed(first, gone)])
  remove(gone)
  await derived.apply(workspaceId, [followed(gone, undefined)])

  const second = aTask({ id: makeId('task', start + 40 * 86_400_000, seed) })
  await write(second)
  await derived.apply(workspaceId, [followed(undefined, second)])
  expect((await records.statistics(workspaceId, projectId)).total).toBe(1)
  const { items } = await records.history(workspaceId, second.id, 10)
  expect(items.map(({ taskId, sequence }) => [taskId, sequence])).toEqual([[second.id, 4]])
})

test('large changes of one batch are cut by their bytes, not their characters', async () => {
  const { table } = memoryTable()
  const sizes: number[] = []
  const derived = derivedStore({
    ...table,
    transact: (writes) => {
      sizes.push(Buffer.byteLength(JSON.stringify(writes)))
      return table.transact(writes)
    },
  })
  const states = [aTask({ description: '語'.repeat(21_845) })]
  for (let n = 0; n < 24; n++) {
    const last = states.at(-1) as Task
    states.push(applyPatch(last, { description: `${'語'.repeat(21_840)}${n}` }, editor))
  }
  await derived.apply(
    workspaceId,
    states.map((state, n) => followed(states[n - 1], state)),
  )
  expect(Math.max(...sizes)).toBeLessThan(4_000_000)
})
