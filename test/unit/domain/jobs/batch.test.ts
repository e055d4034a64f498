import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../../shared/api/schemas/jobs.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { type BatchFacts, decideAll } from '../../../../shared/domain/jobs/batch.ts'
import { asPart } from '../../../../shared/domain/jobs/pointers.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aMember, aTask, idOf, minutes, userOf } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'

const ana = userOf('ana')
const people = ['ben', 'cleo', 'dan', 'eve'].map(userOf)
const cause = { kind: 'bulk', id: 'job_one' } as const

const factsFor = (changes: Partial<BatchFacts> = {}): BatchFacts => ({
  member: aMember({ userId: ana, role: 'manager' }),
  named: {
    people: new Map([ana, ...people].map((userId) => [userId, aMember({ userId })])),
    declared: { fields: new Map(), people: new Map() },
  },
  ...taskStore(aTask()),
  mark: null,
  editor: { userId: ana, now: minutes(1), zone: 'UTC', cause },
  ...changes,
})
const taskNamed = (name: string, changes: Partial<Task> = {}) => aTask({ id: idOf('task', name), ...changes })
const edit = (task: Task, patch: NonNullable<Operation['patch']>): Operation => ({ taskId: task.id, patch })

const toldOf = ({ cause: why }: Task): Record<string, number> =>
  why?.kind === 'bulk' ? (why.told ?? {}) : {}

describe('a batch', () => {
  test('leaves a task that stays as it is the very same', async () => {
    const task = taskNamed('one')
    const [after] = await decideAll([task], [edit(task, { title: task.title })], factsFor())
    expect(after).toBe(task)
  })

  test('under an Idempotency-Key marks every task, also where nobody sees a change', async () => {
    const [same, other] = [taskNamed('same'), taskNamed('other')]
    const operations = [edit(same, {}), edit(other, { title: 'New' })]
    const mark = { key: 'k', payload: 'p' }
    const after = await decideAll([same, other], operations, factsFor({ mark }))
    expect(after.map(({ version, revision, marks }) => [version, revision, marks])).toEqual([
      [1, 2, [{ ...mark, version: 1 }]],
      [2, 2, [{ ...mark, version: 2 }]],
    ])
  })

  test('tells each person once, with the number of tasks that are newly theirs', async () => {
    const someone = fc.subarray([...people, ana])
    const task = fc.record({ had: someone, has: someone })
    await fc.assert(
      fc.asyncProperty(fc.array(task, { minLength: 1, maxLength: 12 }), async (all) => {
        const before = all.map(({ had }, n) => taskNamed(`task ${n}`, { assigneeIds: had }))
        const operations = before.map((one, n) => edit(one, { assigneeIds: all[n]?.has ?? [] }))
        const after = await decideAll(before, operations, factsFor())
        const told = after.flatMap((one) => Object.entries(toldOf(one)))
        const expected = people.flatMap((userId) => {
          const count = all.filter(({ had, has }) => !had.includes(userId) && has.includes(userId)).length
          return count === 0 ? [] : [[userId, count]]
        })
        expect(told.toSorted()).toEqual(expected.toSorted())
      }),
    )
  })

  test('is refused with the first operation that is, with a pointer to the place', async () => {
    const [one, two] = [taskNamed('one'), taskNamed('two')]
    const operations = [
      edit(one, { title: 'x' }),
      edit(two, { assigneeIds: [people[0] ?? '', userOf('zoe')] }),
    ]
    await expect(decideAll([one, two], operations, factsFor())).rejects.toMatchObject({
      code: 'invalid-request',
      errors: [
        { pointer: '/operations/1/patch/assigneeIds/1', detail: 'must be a member of this workspace' },
      ],
    })
    await expect(decideAll([one, undefined], operations, factsFor())).rejects.toMatchObject({
      code: 'not-found',
      errors: [{ pointer: '/operations/1/taskId', detail: 'must name a task that you may see' }],
    })
  })

  test('of tasks that are too large for one transaction is refused', async () => {
    const large = Array.from({ length: 60 }, (_, n) =>
      taskNamed(`task ${n}`, { description: 'x'.repeat(65_000) }),
    )
    const operations = large.map((task) => edit(task, { title: 'New' }))
    await expect(decideAll(large, operations, factsFor())).rejects.toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/operations' }],
    })
  })
})

describe('the refusal of a part', () => {
  test('keeps code, message and what comes along, and points into the whole', () => {
    const inner = new Failure('precondition-failed', 'Too late.', { extra: { version: 3 } })
    expect(asPart('/operations/3/expected', inner)).toMatchObject({
      code: 'precondition-failed',
      message: 'Too late.',
      extra: { version: 3 },
      errors: [{ pointer: '/operations/3/expected', detail: 'must be made from the present version' }],
    })
  })
})
