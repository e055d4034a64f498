import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorities, statuses } from '../../../../shared/api/schemas/task.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import type { TimeEntry } from '../../../../shared/domain/tasks/task.ts'
import { record } from '../support/arbitraries.ts'
import { aTask, idOf, minutes, userOf } from '../support/builders.ts'

/** What counters know of a task, in a form that the naive count below reads. */
interface Counted {
  readonly status: (typeof statuses)[number]
  readonly priority: (typeof priorities)[number]
  readonly projectId: string
  readonly ancestorIds: readonly string[]
  readonly trashedAt: string | null
  readonly archivedAt: string | null
  readonly estimateMinutes: number | null
  readonly timeEntries: Readonly<Record<string, TimeEntry>>
}

const project = fc.constantFrom('a', 'b', 'c').map((name) => idOf('project', name))
const above = ['x', 'y', 'z'].map((name) => idOf('task', name))
const timeEntry = record<TimeEntry>({
  userId: fc.constant(userOf('ana')),
  startedAt: fc.constant(minutes(0)),
  minutes: fc.option(fc.nat(90)),
  note: fc.constant(''),
})
const counted: fc.Arbitrary<Counted> = record<Counted>({
  status: fc.constantFrom(...statuses),
  priority: fc.constantFrom(...priorities),
  projectId: project,
  ancestorIds: fc.subarray(above),
  trashedAt: fc.option(fc.constant(minutes(1))),
  archivedAt: fc.option(fc.constant(minutes(1))),
  estimateMinutes: fc.option(fc.nat(500)),
  timeEntries: fc.dictionary(fc.constantFrom('tim_a', 'tim_b'), timeEntry, { noNullPrototype: true }),
})
/** The states of some tasks one after the other; `null` at the end: dropped by the table. */
const lives = fc.array(
  fc.tuple(fc.array(counted, { minLength: 1, maxLength: 6 }), fc.option(fc.constant('kept'))),
  { minLength: 1, maxLength: 5 },
)

type Counts = Record<string, number>
const add = (counts: Counts, name: string, amount: number): void => {
  counts[name] = (counts[name] ?? 0) + amount
}
const withoutZeros = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, amount]) => amount !== 0))

/** What all the changes add up to. */
const summed = (all: readonly (readonly [readonly Counted[], string | null])[]): Counts => {
  const counts: Counts = {}
  const note = (follows: ReturnType<typeof consequencesOf>) => {
    if (follows === undefined) return
    const tallies = [['workspace', follows.tallies.workspace] as const, ...follows.tallies.projects]
    for (const [owner, { total, status, priority }] of tallies) {
      add(counts, `${owner} total`, total)
      for (const [name, amount] of Object.entries(status)) add(counts, `${owner} ${name}`, amount)
      for (const [name, amount] of Object.entries(priority)) add(counts, `${owner} p:${name}`, amount)
    }
    for (const [id, rollup] of follows.rollups) {
      for (const [name, amount] of Object.entries(rollup)) add(counts, `${id} ${name}`, amount)
    }
  }
  all.forEach(([[first, ...rest], end], n) => {
    let task = aTask({ ...first, id: idOf('task', `t${n}`) })
    note(consequencesOf(undefined, task))
    rest.forEach((values, at) => {
      const next = revise(task, values, { userId: userOf('ana'), now: minutes(at + 2), zone: 'UTC' })
      note(consequencesOf(task, next))
      task = next
    })
    if (end === null) note(consequencesOf(task, undefined))
  })
  return withoutZeros(counts)
}

/** The same, counted from the tasks as they are in the end. */
const naive = (all: readonly (readonly [readonly Counted[], string | null])[]): Counts => {
  const counts: Counts = {}
  const ends = all.flatMap(([states, end]) => (end === null ? [] : (states.at(-1) ?? [])))
  for (const task of ends.filter(({ trashedAt, archivedAt }) => trashedAt === null && archivedAt === null)) {
    for (const owner of ['workspace', task.projectId]) {
      add(counts, `${owner} total`, 1)
      add(counts, `${owner} ${task.status}`, 1)
      add(counts, `${owner} p:${task.priority}`, 1)
    }
  }
  for (const task of ends.filter(({ trashedAt, status }) => trashedAt === null && status !== 'cancelled')) {
    const ended = Object.values(task.timeEntries).flatMap((entry) => entry.minutes ?? [])
    for (const id of task.ancestorIds) {
      add(counts, `${id} subtasks`, 1)
      add(counts, `${id} done`, task.status === 'done' ? 1 : 0)
      add(counts, `${id} estimateMinutes`, task.estimateMinutes ?? 0)
      add(
        counts,
        `${id} spentMinutes`,
        ended.reduce((sum, one) => sum + one, 0),
      )
    }
  }
  return withoutZeros(counts)
}

test('counters of workspace and projects, and roll-ups, add up to a count of what there is in the end', () => {
  fc.assert(
    fc.property(lives, (all) => {
      expect(summed(all)).toEqual(naive(all))
    }),
    { numRuns: 300 },
  )
})

describe('what does not move', () => {
  const editor = { userId: userOf('ana'), now: minutes(1), zone: 'UTC' }

  test('the roll-ups of the tasks above, for an edit that no roll-up shows', () => {
    const task = aTask({ ancestorIds: [idOf('task', 'top')], estimateMinutes: 5 })
    expect(consequencesOf(task, revise(task, { title: 'x' }, editor))?.rollups.size).toBe(0)
    const cancelled = revise(task, { status: 'cancelled' }, editor)
    const later = revise(cancelled, { estimateMinutes: 90 }, editor)
    expect(consequencesOf(cancelled, later)?.rollups.size).toBe(0)
  })

  test('a task of its own counts in no roll-up', () => {
    expect(consequencesOf(undefined, aTask({ estimateMinutes: 5 }))?.rollups.size).toBe(0)
  })
})
