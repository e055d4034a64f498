import { describe, expect, test } from 'vitest'
import { revise, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { archived, restored, unarchived } from '../../../../shared/domain/tasks/useLife.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, idOf, minutes, userOf, workspaceId } from '../support/builders.ts'

const id = (name: string) => idOf('task', name)
/** A task under others, from the top down. */
const below = (name: string, ...above: string[]): Task => {
  const ancestorIds = above.map(id)
  return aTask({
    id: id(name),
    key: `OPS-${name.charCodeAt(0)}`,
    ancestorIds,
    parentId: ancestorIds.at(-1) ?? null,
  })
}
const editor = (at: number) => ({ userId: userOf('ben'), now: minutes(at), zone: 'UTC' })

const startTable = async (...first: Task[]) => {
  const followed = followedTable()
  const { tasks } = followed.stores
  for (const task of first) await tasks.add(task)
  await followed.drain()
  const read = async (name: string): Promise<Task> => {
    const task = await tasks.task(workspaceId, id(name))
    if (task === undefined) throw new Error(`no task ${name}`)
    return task
  }
  const write = async (name: string, at: number, change: (task: Task) => Partial<Task> | Task) => {
    const task = await read(name)
    const made = change(task)
    const next = 'id' in made ? (made as Task) : revise(task, made, editor(at))
    expect(await tasks.replace(next)).toEqual({ won: true })
  }
  const trashIt = (name: string, at = 1) => write(name, at, (task) => trash(task, editor(at)))
  const restore = (name: string, at = 2) => write(name, at, () => ({ trashedAt: null, trashedWith: null }))
  const move = (name: string, at: number, ...above: string[]) =>
    write(name, at, () => ({
      parentId: above.length > 0 ? id(above.at(-1) ?? '') : null,
      ancestorIds: above.map(id),
    }))
  /** What of these tasks lies in the trash, and with whom. */
  const inTrash = async (...names: string[]) => {
    const all = await Promise.all(names.map(read))
    return all.map(({ trashedWith }) => trashedWith)
  }
  const pathOf = async (name: string) => (await read(name)).ancestorIds
  return { ...followed, read, write, trashIt, restore, move, inTrash, pathOf }
}

describe('a task that goes into the trash', () => {
  test('takes everything below it along, at the same time, by whom it was done', async () => {
    const table = await startTable(
      below('a'),
      below('b', 'a'),
      below('c', 'a', 'b'),
      below('d', 'a'),
      below('x'),
    )
    await table.trashIt('a')
    await table.drain()
    expect(await table.inTrash('a', 'b', 'c', 'd', 'x')).toEqual([id('a'), id('a'), id('a'), id('a'), null])
    expect(await table.read('c')).toMatchObject({
      trashedAt: minutes(1),
      updatedBy: userOf('ben'),
      cause: { kind: 'cascade', taskId: id('b') },
    })
  })

  test('comes back with all that went along, under the same ids, and leaves what went before by itself', async () => {
    const table = await startTable(
      below('a'),
      below('b', 'a'),
      below('c', 'a', 'b'),
      below('d', 'a'),
      below('e', 'a', 'd'),
    )
    await table.trashIt('d')
    await table.drain()
    await table.trashIt('a', 2)
    await table.drain()
    expect(await table.inTrash('a', 'b', 'c', 'd', 'e')).toEqual([
      id('a'),
      id('a'),
      id('a'),
      id('d'),
      id('d'),
    ])
    await table.restore('a', 3)
    await table.drain()
    expect(await table.inTrash('a', 'b', 'c', 'd', 'e')).toEqual([null, null, null, id('d'), id('d')])
    expect(table.tasks()).toHaveLength(5)
  })

  test('and out again before its records are read takes nobody along', async () => {
    const table = await startTable(below('a'), below('b', 'a'))
    await table.trashIt('a')
    await table.restore('a')
    await table.drain()
    expect(await table.inTrash('a', 'b')).toEqual([null, null])
  })

  test('takes its own records twice like once', async () => {
    const table = await startTable(below('a'), below('b', 'a'), below('c', 'a', 'b'))
    await table.trashIt('a')
    while (table.waiting.length > 0) await table.deliver(undefined, 2)
    const versions = table.tasks().map(({ version }) => version)
    expect([await table.inTrash('a', 'b', 'c'), versions]).toEqual([
      [id('a'), id('a'), id('a')],
      [2, 2, 2],
    ])
  })

  test('takes more subtasks along than a page has', async () => {
    const children = Array.from({ length: 230 }, (_, n) => ({
      ...below('b', 'a'),
      id: id(`child ${n}`),
      key: `OPS-${n + 500}`,
    }))
    const table = await startTable(below('a'), ...children)
    await table.trashIt('a')
    await table.drain()
    expect(table.tasks().filter(({ trashedAt }) => trashedAt === null)).toEqual([])
  })
})

describe('a task that goes into the archive', () => {
  test('takes those below along and brings them back, whatever lies in the trash meanwhile', async () => {
    const table = await startTable(below('a'), below('b', 'a'), below('c', 'a', 'b'), below('d', 'a'))
    await table.write('d', 1, (task) => archived(task, editor(1)))
    await table.trashIt('c')
    await table.write('a', 2, (task) => archived(task, editor(2)))
    await table.drain()
    const archive = async () =>
      Promise.all(['a', 'b', 'c', 'd'].map(async (name) => (await table.read(name)).archivedWith))
    expect(await archive()).toEqual([id('a'), id('a'), id('a'), id('d')])
    await table.write('a', 3, () => ({ archivedAt: null, archivedWith: null }))
    await table.drain()
    expect(await archive()).toEqual([null, null, null, id('d')])
    expect((await table.read('c')).trashedWith).toBe(id('c'))
  })
})

describe('a task that moves', () => {
  test('takes everything below along to its new place', async () => {
    const table = await startTable(
      below('a'),
      below('b'),
      below('c', 'b'),
      below('d', 'b', 'c'),
      below('e', 'b', 'c', 'd'),
    )
    await table.move('b', 1, 'a')
    await table.drain()
    expect(await table.pathOf('e')).toEqual(['a', 'b', 'c', 'd'].map(id))
    await table.move('c', 2)
    await table.drain()
    expect([await table.pathOf('c'), await table.pathOf('e')]).toEqual([[], ['c', 'd'].map(id)])
  })

  test('twice before its records are read comes to rest where it went last', async () => {
    const table = await startTable(below('a'), below('b'), below('c'), below('d', 'c'))
    await table.move('c', 1, 'a')
    await table.move('c', 2, 'b')
    await table.drain()
    expect(await table.pathOf('d')).toEqual(['b', 'c'].map(id))
  })

  test('out of an archived task comes out of the archive, into one goes into it', async () => {
    const table = await startTable(below('a'), below('b', 'a'), below('c'))
    await table.write('a', 1, (task) => archived(task, editor(1)))
    await table.drain()
    await table.move('b', 2, 'c')
    await table.drain()
    expect((await table.read('b')).archivedAt).toBeNull()
    await table.move('c', 3, 'a')
    await table.drain()
    expect([(await table.read('c')).archivedWith, (await table.read('b')).archivedWith]).toEqual([
      id('a'),
      id('a'),
    ])
  })

  test('out of an archived task to the top comes out of the archive', async () => {
    const table = await startTable(below('a'), below('b', 'a'), below('c', 'a', 'b'))
    await table.write('a', 1, (task) => archived(task, editor(1)))
    await table.drain()
    await table.move('b', 2)
    await table.drain()
    expect([(await table.read('b')).archivedAt, (await table.read('c')).archivedAt]).toEqual([null, null])
  })
})

describe('a subtask made while its parent changes', () => {
  /** Delivers the records in the given order of tasks. */
  const inOrder = async (table: Awaited<ReturnType<typeof startTable>>, ...names: string[]) => {
    for (const name of names) {
      const ids = [...new Set(table.waiting.map(({ before, after }) => (after ?? before)?.id))]
      await table.deliver(() => Math.max(0, ids.indexOf(id(name))))
    }
    await table.drain()
  }

  test.each([[['a', 'child']], [['child', 'a']]])(
    'goes along into the trash: records of %j',
    async (order) => {
      const table = await startTable(below('a'))
      // Made under the parent as it was read, before it went.
      await table.trashIt('a')
      await table.stores.tasks.add(below('child', 'a'))
      await inOrder(table, ...order)
      expect(await table.inTrash('a', 'child')).toEqual([id('a'), id('a')])
    },
  )

  test.each([[['a', 'child']], [['child', 'a']]])('finds its place: records of %j', async (order) => {
    const table = await startTable(below('a'), below('b'))
    await table.move('a', 1, 'b')
    await table.stores.tasks.add(below('child', 'a'))
    await inOrder(table, ...order)
    expect(await table.pathOf('child')).toEqual(['b', 'a'].map(id))
  })

  test.each([[['a', 'child']], [['child', 'a']]])(
    'is found by what came later: records of %j',
    async (order) => {
      const table = await startTable(below('a'), below('b'))
      await table.stores.tasks.add(below('child', 'a'))
      await table.move('a', 1, 'b')
      await table.trashIt('a', 2)
      await inOrder(table, ...order)
      expect(await table.pathOf('child')).toEqual(['b', 'a'].map(id))
      expect(await table.inTrash('child')).toEqual([id('a')])
    },
  )
})

describe('a subtask that comes back while its parent goes', () => {
  test('out of the trash goes along into it', async () => {
    const table = await startTable(below('a'), below('b', 'a'))
    await table.trashIt('b')
    await table.drain()
    // Decided while the parent was there; written once it is gone and its record has been read.
    const back = await restored(await table.read('b'), editor(2), table.stores)
    await table.trashIt('a', 3)
    await table.drain()
    expect(await table.stores.tasks.replace(back)).toEqual({ won: true })
    await table.drain()
    expect(await table.inTrash('a', 'b')).toEqual([id('a'), id('a')])
  })

  test('out of the archive goes along into it', async () => {
    const table = await startTable(below('a'), below('b', 'a'))
    await table.write('b', 1, (task) => archived(task, editor(1)))
    await table.drain()
    const back = await unarchived(await table.read('b'), editor(2), table.stores)
    await table.write('a', 3, (task) => archived(task, editor(3)))
    await table.drain()
    expect(await table.stores.tasks.replace(back)).toEqual({ won: true })
    await table.drain()
    expect((await table.read('b')).archivedWith).toBe(id('a'))
  })
})

test('an edit of anything else looks at no other task', async () => {
  const table = await startTable(below('a'), below('b', 'a'))
  await table.write('a', 1, () => ({ title: 'x', status: 'done' }))
  await table.drain()
  expect([(await table.read('a')).version, (await table.read('b')).version]).toEqual([2, 1])
})
