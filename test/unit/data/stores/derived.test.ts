import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorities, statuses } from '../../../../shared/api/schemas/task.ts'
import { eventKey, linkKey, remindedPk, sequenceKey } from '../../../../shared/data/keys.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { recordStore } from '../../../../shared/data/stores/history.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import { memberCodec } from '../../../../shared/data/stores/workspacesByKey.ts'
import type { Table } from '../../../../shared/data/tablePort.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import { type Consequences, consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { remindedOwners } from '../../../../shared/domain/reminders/scheduled.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../../domain/support/arbitraries.ts'
import {
  aMember,
  aPerson,
  aTask,
  aWorkspace,
  idOf,
  minutes,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }

/** Consequences of the life of some tasks, in order, and the tasks as they are in the end. */
const lives = fc
  .array(fc.tuple(arbitrary.task, fc.array(fc.option(arbitrary.patch), { maxLength: 5 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => {
    const ends: Task[] = []
    const follows: Consequences[] = []
    const note = (before: Task | undefined, after: Task) =>
      follows.push(...[consequencesOf(before, after) ?? []].flat())
    for (const [n, [first, patches]] of all.entries()) {
      let task: Task = { ...first, id: makeId('task', start, derivedSeed(`t${n}`)) }
      note(undefined, task)
      for (const patch of patches) {
        if (task.trashedAt !== null) continue
        const next = patch === null ? trash(task, editor) : applyPatch(task, patch, editor)
        note(task, next)
        task = next
      }
      ends.push(task)
    }
    return { ends, follows }
  })

const stateOf = async (table: Table) => {
  const records = recordStore(table)
  const { items } = await table.query({ pk: eventKey(workspaceId, 1).PK, limit: 1000 })
  return {
    log: items.map(({ sequence, taskId, taskVersion }) => [sequence, taskId, taskVersion]),
    sequence: (await table.get(sequenceKey(workspaceId)))?.sequence,
    whole: await records.statistics(workspaceId),
    project: await records.statistics(workspaceId, projectId),
  }
}

describe('what the consumer derives', () => {
  test('is numbered without gaps in order, counted and linked right, also when cut and delivered again anyhow', async () => {
    const cuts = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(lives, cuts, async ({ ends, follows }, repeats) => {
        const { table, items } = memoryTable()
        const derived = derivedStore(table)
        // The stream trails: the tasks have come to their ends before the first record is delivered.
        await Promise.all(ends.map((task) => taskStore(table).add(task)))
        // Deliveries go on from where they were cut, or begin again some way back.
        let done = 0
        for (const [back, length] of repeats) {
          const from = Math.max(0, done - back)
          const part = follows.slice(from, from + length)
          await derived.apply(workspaceId, part)
          done = Math.max(done, from + part.length)
        }
        await derived.apply(workspaceId, follows.slice(done))
        const { log, sequence, whole, project } = await stateOf(table)
        expect(log).toEqual(follows.map(({ event }, n) => [n + 1, event.taskId, event.taskVersion]))
        expect(sequence).toBe(follows.length)
        const listed = ends.filter(({ trashedAt }) => trashedAt === null)
        expect(whole).toEqual({
          total: listed.length,
          byStatus: Object.fromEntries(
            statuses.map((one) => [one, listed.filter(({ status }) => status === one).length]),
          ),
          byPriority: Object.fromEntries(
            priorities.map((one) => [one, listed.filter(({ priority }) => priority === one).length]),
          ),
        })
        expect(project).toEqual(whole)
        const linked = [...items.values()].filter(({ itemType }) => itemType === 'link')
        const links = linked.filter(({ PK }) => !PK.includes('#REM#'))
        const reminded = linked.filter(({ PK }) => PK.includes('#REM#'))
        expect(reminded.map(({ PK, title }) => `${PK} ${title}`).sort()).toEqual(
          ends
            .flatMap((task) =>
              remindedOwners(task).map((one) => `${remindedPk(workspaceId, one.remindedId)} ${task.title}`),
            )
            .sort(),
        )
        const wanted = ends.flatMap((task) =>
          task.assigneeIds.map((assigneeId) => linkKey(workspaceId, { assigneeId }, task.id)),
        )
        expect(links.map(({ PK, SK }) => `${PK} ${SK}`).sort()).toEqual(
          wanted.map(({ PK, SK }) => `${PK} ${SK}`).sort(),
        )
        for (const link of links) {
          const task = ends.find(({ id }) => id === link.id)
          expect([link.title, link.status, link.priority, link.trashedAt]).toEqual([
            task?.title,
            task?.status,
            task?.priority,
            task?.trashedAt,
          ])
        }
      }),
      { numRuns: 100 },
    )
  })

  test('of two consumers at once neither loses nor doubles a number', async () => {
    const { table } = memoryTable()
    const [one, two] = [derivedStore(table), derivedStore(table)]
    const all = Array.from({ length: 30 }, (_, n) =>
      consequencesOf(undefined, aTask({ id: makeId('task', n, derivedSeed(`${n}`)) })),
    )
    const follows = all.flatMap((some) => some ?? [])
    await Promise.all([
      one.apply(workspaceId, follows.slice(0, 15)),
      two.apply(workspaceId, follows.slice(15)),
    ])
    const { log, whole } = await stateOf(table)
    expect(log.map(([sequence]) => sequence)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
    expect(whole.total).toBe(30)
  })

  test('fits into transactions however many people a task is for', async () => {
    const { table, items } = memoryTable()
    const assigneeIds = Array.from({ length: 50 }, (_, n) => userOf(`p${n}`))
    const before = aTask({ assigneeIds })
    const others = Array.from({ length: 50 }, (_, n) => userOf(`q${n}`))
    const after = applyPatch(before, { assigneeIds: others }, editor)
    const follows = [consequencesOf(undefined, before), consequencesOf(before, after)].flatMap(
      (one) => one ?? [],
    )
    await taskStore(table).add(after)
    await derivedStore(table).apply(workspaceId, follows)
    expect([...items.values()].filter(({ itemType }) => itemType === 'link')).toHaveLength(50)
  })

  test('gives up when its sequence stays contested, instead of turning for ever', async () => {
    const { table } = memoryTable()
    let turns = 0
    const contested: Table = {
      ...table,
      transact: async (writes) => {
        turns += 1
        return { won: false, lost: writes.map(() => undefined) }
      },
    }
    const follows = [consequencesOf(undefined, aTask())].flatMap((one) => one ?? [])
    await expect(derivedStore(contested).apply(workspaceId, follows)).rejects.toThrow('contested')
    expect(turns).toBeLessThanOrEqual(50)
  })
})

describe('copies of names', () => {
  test('reach every membership of the person and every member of the workspace, and nobody else', async () => {
    const { table, items } = memoryTable(2)
    const places = Array.from({ length: 5 }, (_, n) => idOf('workspace', `w${n}`))
    for (const place of places) {
      await table.put(memberCodec.encode(aMember({ workspaceId: place })))
      await table.put(
        memberCodec.encode(aMember({ workspaceId: places[0] ?? '', userId: userOf(place), name: 'Other' })),
      )
    }
    const derived = derivedStore(table)
    await derived.copyPersonName(aPerson({ name: 'Anna' }))
    await derived.copyWorkspaceName(aWorkspace({ id: places[0] ?? '', name: 'New' }))
    const members = [...items.values()].map((item) => [
      item.userId === userOf('ana'),
      item.name,
      item.workspaceId === places[0],
      item.workspaceName,
    ])
    for (const [isAna, name, isHere, workspaceName] of members) {
      expect(name).toBe(isAna ? 'Anna' : 'Other')
      expect(workspaceName).toBe(isHere ? 'New' : 'Acme')
    }
    expect(items.size).toBe(10)
  })
})
