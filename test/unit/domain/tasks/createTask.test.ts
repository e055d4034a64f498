import { describe, expect, test } from 'vitest'
import type { TaskCreate } from '../../../../shared/api/schemas/task.ts'
import { randomPartOf } from '../../../../shared/domain/ids.ts'
import type { Stores } from '../../../../shared/domain/ports.ts'
import { createTask } from '../../../../shared/domain/tasks/createTask.ts'
import type { RequestMark, Task } from '../../../../shared/domain/tasks/task.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import {
  aMember,
  anAsk,
  aPerson,
  aWorkspace,
  iso,
  plainBody,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const project = { id: projectId, workspaceId, key: 'OPS', customFields: [] }
const plain: TaskCreate = plainBody

/** Tasks by what their keys hold of their ids, numbers by who claimed them; every write is noted. */
const worldOf = (given: { project?: object | undefined; members?: string[]; claimed?: number[] } = {}) => {
  const tasks = new Map<string, Task>()
  const numbers = new Map((given.claimed ?? []).map((number) => [number, 'somebody else']))
  const writes: string[] = []
  const stores = {
    projects: { project: async () => ('project' in given ? given.project : project) },
    workspaces: {
      workspace: async () => aWorkspace(),
      member: async (_: string, userId: string) =>
        given.members?.includes(userId) ? aMember({ userId }) : undefined,
    },
    records: { changesFrom: async () => [] },
    tasks: {
      lastNumber: async () => Math.max(0, ...numbers.keys()),
      madeAs: async (_: string, id: string) => tasks.get(randomPartOf(id)),
      add: async (task: Task) => {
        writes.push('add')
        const present = tasks.get(randomPartOf(task.id))
        if (present !== undefined) return { won: false, present }
        tasks.set(randomPartOf(task.id), task)
        return { won: true }
      },
      claimNumber: async ({ id }: Task, number: number) => {
        writes.push('claim')
        if (!numbers.has(number)) numbers.set(number, id)
        return numbers.get(number) === id
      },
      renumber: async (task: Task, key: string) => {
        tasks.set(randomPartOf(task.id), { ...task, key })
        return { won: true }
      },
    },
  } as unknown as Stores
  const create = async (body: Partial<TaskCreate> = {}, mark: RequestMark | null = null, now = start) => {
    const ask = anAsk({
      params: { workspaceId, projectId },
      query: {},
      body: { ...plain, ...body },
      mark,
      now: iso(now),
    })
    const loaded = await createTask.load?.(ask, stores)
    const call = { ask, person: aPerson(), member: aMember() } as unknown as Call<never>
    return createTask.run(call, loaded as never, stores)
  }
  return { tasks, numbers, writes, create }
}
const mark = { key: 'k', payload: 'p' }

describe('a new task', () => {
  test('has the next number and belongs to whoever made it', async () => {
    const { body, version, location } = await worldOf({ claimed: [1, 7] }).create()
    expect(body).toMatchObject({
      key: 'OPS-8',
      createdBy: userOf('ana'),
      updatedBy: userOf('ana'),
      version: 1,
    })
    expect([version, location]).toEqual([1, `/v1/workspaces/${workspaceId}/tasks/${body.id}`])
  })

  test('created as done it was completed then; a day takes the zone of the workspace', async () => {
    const { body } = await worldOf().create({ status: 'done', due: { date: '2026-12-01' } })
    expect([body.completedAt, body.due]).toEqual([iso(start), { date: '2026-12-01', zone: 'Europe/Madrid' }])
  })

  test('reminds of nothing that has passed before it was made', async () => {
    const world = worldOf()
    const reminders = [{ dateTime: '2026-11-21T08:59', zone: 'UTC', for: 'me' as const }]
    const { body } = await world.create({ reminders })
    expect(world.tasks.get(randomPartOf(body.id))).toMatchObject({
      remindAt: null,
      remindedUntil: iso(start),
    })
  })

  test('of two at once each gets a number of its own', async () => {
    const world = worldOf()
    const made = await Promise.all(Array.from({ length: 20 }, () => world.create()))
    expect(new Set(made.map(({ body }) => body.key)).size).toBe(20)
    for (const { body } of made) {
      expect(world.numbers.get(Number(body.key.slice(4)))).toBe(body.id)
      expect(world.tasks.get(randomPartOf(body.id))?.key).toBe(body.key)
    }
  })
})

describe('a refused one writes nothing', () => {
  test('in a project that does not exist', async () => {
    const world = worldOf({ project: undefined })
    await expect(world.create()).rejects.toMatchObject({ code: 'not-found' })
    expect(world.writes).toEqual([])
  })

  test('for strangers', async () => {
    const world = worldOf({ members: [userOf('ben')] })
    await expect(world.create({ assigneeIds: [userOf('ben'), userOf('cleo')] })).rejects.toMatchObject({
      errors: [{ pointer: '/assigneeIds/1' }],
    })
    expect(world.writes).toEqual([])
  })

  test('under a key that was used for something else', async () => {
    const world = worldOf()
    await world.create({}, mark)
    const before = [...world.writes]
    await expect(world.create({}, { ...mark, payload: 'q' })).rejects.toMatchObject({
      code: 'idempotency-mismatch',
    })
    expect(world.writes).toEqual(before)
  })
})

describe('the same request again', () => {
  test('answers the same, at any time, also when both run at once', async () => {
    const world = worldOf()
    const runs = await Promise.all([world.create({}, mark), world.create({}, mark, start + 1)])
    runs.push(await world.create({}, mark, start + 86_400_000))
    const [first, ...again] = runs
    for (const run of again) expect(run).toEqual(first)
    expect(world.tasks.size).toBe(1)
  })

  test('another person’s request under the same key is another request', async () => {
    const world = worldOf()
    await world.create({}, mark)
    await world.create({}, { ...mark, key: 'other' })
    expect(world.tasks.size).toBe(2)
  })
})
