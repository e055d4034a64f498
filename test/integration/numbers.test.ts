import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProject } from '../../shared/api/routes/projects.ts'
import { createTask } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import type { Item, Table } from '../../shared/data/tablePort.ts'
import { type App, type Someone, startApp } from '../support/app.ts'

let app: App
let ana: Someone
let workspaceId: string
/** Keys of the items that routes write, in order. */
const written: string[] = []
let isNoting = false

const noting = (table: Table): Table => {
  const note = ({ PK, SK }: Pick<Item, 'PK' | 'SK'>) => {
    if (isNoting) written.push(`${PK} ${SK}`)
  }
  return {
    ...table,
    put: (item, condition) => {
      note(item)
      return table.put(item, condition)
    },
    update: (key, change, condition) => {
      note(key)
      return table.update(key, change, condition)
    },
    transact: (writes) => {
      if (isNoting) throw new Error(`no everyday write is a transaction of ${writes.length}`)
      return table.transact(writes)
    },
  }
}

beforeAll(async () => {
  app = await startApp(noting)
  ana = await app.person('Ana')
  const made = await app.call(ana, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  workspaceId = made.body.id
})
afterAll(() => app.close())

const projectOf = async (key: string): Promise<string> => {
  const made = await app.call(ana, createProject, { params: { workspaceId }, body: { name: key, key } })
  return made.body.id
}
const numberOf = (key: string): number => Number(key.split('-')[1])
const create = async (projectId: string): Promise<string> => {
  const made = await app.call(ana, createTask, { params: { workspaceId, projectId }, body: { title: 'T' } })
  expect(made.status).toBe(201)
  return made.body.key
}

test('creations in many projects of a workspace write no item in common: nothing is hot', async () => {
  const projects = await Promise.all(
    Array.from({ length: 20 }, (_, n) => projectOf(`P${String(n).padStart(2, '0')}`)),
  )
  isNoting = true
  // In each project one after the other; all projects at once.
  const keys = await Promise.all(
    projects.map(async (id) => {
      const own: string[] = []
      for (let n = 0; n < 10; n++) own.push(await create(id))
      return own
    }),
  )
  isNoting = false
  expect(written).toHaveLength(400)
  expect(new Set(written).size).toBe(written.length)
  const partitions = written.map((key) => key.split(' ')[0])
  expect(partitions).not.toContain(`WSP#${workspaceId}`)
  for (const own of keys) expect(own.map(numberOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('numbers of a project are different under a crowd, and grow: who comes later has a higher one', async () => {
  const projectId = await projectOf('CROWD')
  let highest = 0
  for (let round = 0; round < 5; round++) {
    const numbers = (await Promise.all(Array.from({ length: 30 }, () => create(projectId)))).map(numberOf)
    expect(new Set(numbers).size).toBe(30)
    expect(Math.min(...numbers)).toBeGreaterThan(highest)
    highest = Math.max(...numbers)
  }
})
