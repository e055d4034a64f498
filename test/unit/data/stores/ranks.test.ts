import { expect, test } from 'vitest'
import { rankStore } from '../../../../shared/data/stores/ranks.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import type { Write } from '../../../../shared/data/tablePort.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, projectId, workspaceId } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const rankOf = (n: number): string => `h0000${String(1000 + n)}V`

/** Tasks of some 128 KB each: more than one transaction may touch. */
const startLarge = async (count: number) => {
  const { table } = memoryTable()
  const transactions: (readonly Write[])[] = []
  const spied = {
    ...table,
    transact: (writes: readonly Write[]) => {
      transactions.push(writes)
      return table.transact(writes)
    },
  }
  const tasks = taskStore(spied)
  const all: Task[] = Array.from({ length: count }, (_, n) =>
    aTask({ id: idOf('task', `t${n}`), key: `OPS-${n + 1}`, description: 'ä'.repeat(64_000) }),
  )
  for (const task of all) await tasks.add(task)
  const rerank = (changed: readonly Task[]) =>
    rankStore(spied).rerank(
      projectId,
      changed.map((task, n) => ({ task, rank: rankOf(n) })),
    )
  const ranks = async () =>
    (await Promise.all(all.map(({ id }) => tasks.task(workspaceId, id)))).map(
      (task) => task?.ranks[projectId],
    )
  return { all, tasks, transactions, rerank, ranks }
}

test('tasks that are too large for one transaction together are ranked anew in several, in their order', async () => {
  const { all, transactions, rerank, ranks } = await startLarge(60)
  expect(await rerank(all)).toBe(true)
  expect(await ranks()).toEqual(all.map((_, n) => rankOf(n)))
  const sizes = transactions.map((writes) => writes.length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60)
  expect(Math.max(...sizes) * 128_000).toBeLessThan(4 * 1024 * 1024)
})

test('nothing is written from the first transaction on that meets a task written since it was read', async () => {
  const { all, tasks, rerank, ranks } = await startLarge(60)
  const late = all[40] as Task
  await tasks.replace({ ...late, revision: late.revision + 1 })
  expect(await rerank(all)).toBe(false)
  const now = await ranks()
  const written = now.filter((rank) => rank !== late.ranks[projectId])
  expect(written.length).toBeGreaterThan(0)
  expect(written.length).toBeLessThanOrEqual(40)
  expect(now.slice(0, written.length)).toEqual(written)
})
