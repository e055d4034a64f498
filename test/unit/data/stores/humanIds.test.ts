import { expect, test } from 'vitest'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import type { Tracked } from '../../../../shared/domain/tasks/paths.ts'
import { aTask, minutes, userOf, workspaceId } from '../../domain/support/builders.ts'
import { followedTable } from '../support/followedTable.ts'

test('what is gone is found by none of its human ids, however long its history is', async () => {
  const { stores, drain } = followedTable()
  let task = aTask({ key: 'OPS-1' })
  await stores.tasks.add(task)
  await drain()
  const step = async (values: Partial<Tracked>): Promise<void> => {
    task = revise(task, values, { userId: userOf('ana'), now: minutes(1), zone: 'UTC' })
    expect(await stores.tasks.replace(task)).toEqual({ won: true })
    await drain()
  }
  await step({ key: 'BIL-1' })
  for (let n = 0; n < 250; n++) await step({ title: `Title ${n}` })
  await step({ key: 'CAR-1' })
  const found = () =>
    Promise.all(['OPS-1', 'BIL-1', 'CAR-1'].map((key) => stores.tasks.idOf(workspaceId, key)))
  expect(await found()).toEqual([task.id, task.id, task.id])
  await stores.tasks.drop(task)
  await drain()
  expect(await found()).toEqual([undefined, undefined, undefined])
})
