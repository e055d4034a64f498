import { describe, expect, test } from 'vitest'
import type { Structure, Tasks } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { setLink } from '../../../../shared/domain/tasks/useLinks.ts'
import { setParent } from '../../../../shared/domain/tasks/useParent.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, idOf, minutes, userOf, workspaceId } from '../support/builders.ts'

const editor = { userId: userOf('ana'), now: minutes(1), zone: 'UTC' }
const id = (name: string) => idOf('task', name)
const named = (name: string, changes: Partial<Task> = {}): Task =>
  aTask({ id: id(name), key: `OPS-${name.charCodeAt(0)}`, ...changes })

/** Stores with some tasks, of which another request writes in between, once: just before a write of the structure. */
const startStores = async (...all: Task[]) => {
  const { stores } = followedTable()
  for (const task of all) await stores.tasks.add(task)
  let meanwhile: (() => Promise<unknown>) | undefined
  const structure: Structure = {
    ...stores.structure,
    write: async (...given) => {
      const rival = meanwhile
      meanwhile = undefined
      await rival?.()
      return stores.structure.write(...given)
    },
  }
  const read = async (name: string): Promise<Task> => {
    const task = await stores.tasks.task(workspaceId, id(name))
    if (task === undefined) throw new Error(`no task ${name}`)
    return task
  }
  const version = () => stores.structure.version(workspaceId)
  const seen = async (name: string, parent: string) => ({
    task: await read(name),
    parent: await read(parent),
    version: await version(),
  })
  const ends = async (name: string, other: string) => ({
    task: await read(name),
    other: await read(other),
    version: await version(),
  })
  const around: { tasks: Tasks; structure: Structure } = { tasks: stores.tasks, structure }
  const inBetween = (rival: () => Promise<unknown>) => {
    meanwhile = rival
  }
  return { stores, around, read, seen, ends, inBetween }
}

const refused = (pointer: string) => ({ code: 'invalid-request', errors: [{ pointer }] })

describe('a task is put under another one', () => {
  test('with as much below it as a request has time to look at, and to the top with more', async () => {
    const { stores, seen } = await startStores(named('a'), named('b'))
    let queries = 0
    /** Under the task stand fifty, under each of these as many as are given. */
    const wide = (below: number) => ({
      ...stores,
      tasks: {
        ...stores.tasks,
        children: async (_: string, parentId: string, limit: number) => {
          queries += 1
          const count = parentId === id('a') ? 50 : parentId.endsWith('.') ? 0 : below
          const items = Array.from({ length: Math.min(count, limit) }, (_, n) => `${parentId} ${n}`)
          return { items: items.map((one) => (parentId === id('a') ? one : `${one}.`)), more: count > limit }
        },
      },
    })
    const move = async (below: number, parentId: string | null = id('b')) =>
      setParent(await seen('a', 'b'), parentId, editor, wide(below))
    const refusal = { code: 'conflict', message: expect.stringMatching(/moves only to the top/) }
    await expect(move(20)).rejects.toMatchObject(refusal)
    await expect(move(10_000)).rejects.toMatchObject(refusal)
    expect(queries).toBeLessThan(200)
    expect((await move(19)).parentId).toBe(id('b'))
    expect((await move(20, null)).parentId).toBeNull()
  })

  test('that was put under it in between: the later of the two is refused', async () => {
    const { stores, around, seen, inBetween, read } = await startStores(named('a'), named('b'))
    const rival = await seen('b', 'a')
    inBetween(() => setParent(rival, id('a'), editor, stores))
    const late = setParent(await seen('a', 'b'), id('b'), editor, around)
    await expect(late).rejects.toMatchObject(refused('/parentId'))
    expect([(await read('a')).parentId, (await read('b')).parentId]).toEqual([null, id('a')])
  })

  test('that moved in between: its new place counts', async () => {
    const { stores, around, seen, inBetween } = await startStores(named('a'), named('b'), named('c'))
    const rival = await seen('b', 'c')
    inBetween(() => setParent(rival, id('c'), editor, stores))
    const moved = await setParent(await seen('a', 'b'), id('b'), editor, around)
    expect(moved.ancestorIds).toEqual([id('c'), id('b')])
  })

  test('that went into the trash in between, while something else changed the structure: refused', async () => {
    const { stores, around, seen, read, inBetween } = await startStores(named('a'), named('b'), named('c'))
    const rival = await seen('c', 'a')
    inBetween(async () => {
      const b = await read('b')
      await stores.tasks.replace({ ...b, trashedAt: minutes(1), trashedWith: b.id, revision: b.revision + 1 })
      await setParent(rival, id('a'), editor, stores)
    })
    const late = setParent(await seen('a', 'b'), id('b'), editor, around)
    await expect(late).rejects.toMatchObject(refused('/parentId'))
  })

  test('whose path trails for good is not judged: a conflict that says to try again', async () => {
    const stale = named('b', { parentId: id('c'), ancestorIds: [] })
    const { around, seen } = await startStores(named('a'), stale, named('c'))
    const late = setParent(await seen('a', 'b'), id('b'), editor, around)
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
  })

  test('and another edit of it in between stays', async () => {
    const { stores, around, seen, read, inBetween } = await startStores(named('a'), named('b'))
    inBetween(async () => {
      const a = await read('a')
      await stores.tasks.replace({ ...a, title: 'Else', version: 2, revision: a.revision + 1 })
    })
    const moved = await setParent(await seen('a', 'b'), id('b'), editor, around)
    expect(moved).toMatchObject({ title: 'Else', parentId: id('b'), version: 3 })
  })
})

describe('two tasks are linked', () => {
  test('while the other is made to wait for the first: the later of the two is refused, with no end written', async () => {
    const { stores, around, ends, read, inBetween } = await startStores(named('a'), named('b'), named('c'))
    await setLink(await ends('b', 'c'), 'blocks', editor, stores)
    const rival = await ends('c', 'a')
    inBetween(() => setLink(rival, 'blocks', editor, stores))
    const late = setLink(await ends('a', 'b'), 'blocks', editor, around)
    await expect(late).rejects.toMatchObject(refused('/taskId'))
    expect(Object.keys((await read('a')).links)).toEqual([id('c')])
    expect(Object.keys((await read('b')).links)).toEqual([id('c')])
  })

  test('once the other is gone: as if it had never been', async () => {
    const { stores, around, ends, read, inBetween } = await startStores(named('a'), named('b'))
    inBetween(async () => stores.tasks.drop(await read('b')))
    const late = setLink(await ends('a', 'b'), 'relatesTo', editor, around)
    await expect(late).rejects.toMatchObject({ code: 'not-found' })
    expect((await read('a')).links).toEqual({})
  })
})
