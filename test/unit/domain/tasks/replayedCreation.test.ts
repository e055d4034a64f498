import { expect, test } from 'vitest'
import { numberKey } from '../../../../shared/data/keys.ts'
import { storesOf } from '../../../../shared/data/stores/all.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import type { Stores } from '../../../../shared/domain/ports.ts'
import { addTogether } from '../../../../shared/domain/tasks/createMany.ts'
import { createTask } from '../../../../shared/domain/tasks/createTask.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import {
  aMember,
  anAsk,
  aPerson,
  aTask,
  idOf,
  plainBody,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const mark = { key: 'k', payload: 'p' }
const body = plainBody

test('a creation that was cut off between task and claim answers its own number when repeated', async () => {
  const { table } = memoryTable()
  const stores = storesOf(table)
  const projects = { ...stores.projects, project: async () => ({ id: projectId, workspaceId, key: 'OPS' }) }
  const world = { ...stores, projects } as unknown as Stores
  // The first run put its task, and died; another one has claimed the number.
  const id = makeId('task', start, derivedSeed(userOf('ana'), mark.key))
  await stores.tasks.add(aTask({ id, createdBy: userOf('ana'), origin: mark, key: 'OPS-1' }))
  await table.put({ ...numberKey(workspaceId, projectId, 1), itemType: 'number', number: 1, taskId: 'other' })

  const ask = anAsk({ params: { workspaceId, projectId }, query: {}, body, mark })
  const call = { ask, person: aPerson(), member: aMember() } as unknown as Call<never>
  const run = async () => {
    const loaded = await createTask.load?.(ask as never, world)
    return createTask.run(call, loaded as never, world)
  }
  const [one, two] = await Promise.all([run(), run()])
  expect(one.body.id).toBe(id)
  expect(one.body.key).not.toBe('OPS-1')
  expect(two.body).toEqual(one.body)
  expect((await stores.tasks.task(workspaceId, id))?.key).toBe(one.body.key)
  const claim = await table.get(numberKey(workspaceId, projectId, Number(one.body.key.slice(4))))
  expect(claim?.taskId).toBe(id)
  expect((await run()).body).toEqual(one.body)
})

test('a creation of several that was cut off before its claims answers numbers of their own when repeated', async () => {
  const { table } = memoryTable()
  const { tasks } = storesOf(table)
  const all = ['one', 'two'].map((name, n) =>
    aTask({ id: idOf('task', name), origin: mark, key: `OPS-${n + 1}`, createdBy: userOf('ana') }),
  )
  await tasks.addAll(all)
  await table.put({ ...numberKey(workspaceId, projectId, 1), itemType: 'number', number: 1, taskId: 'other' })

  const again = await addTogether(all, tasks)
  expect(again.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  expect(new Set(again.map(({ key }) => key)).size).toBe(2)
  for (const { id, key } of again) {
    expect((await tasks.task(workspaceId, id))?.key).toBe(key)
    const claim = await table.get(numberKey(workspaceId, projectId, Number(key.slice('OPS-'.length))))
    expect(claim?.taskId).toBe(id)
  }
})
