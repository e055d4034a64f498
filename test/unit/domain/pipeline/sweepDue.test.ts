import { describe, expect, test } from 'vitest'
import type { Escalation } from '../../../../shared/api/schemas/project.ts'
import { sweep } from '../../../../shared/domain/pipeline/sweep.ts'
import { type Project, unshaped } from '../../../../shared/domain/projects/project.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import {
  aMember,
  aTask,
  idOf,
  iso,
  minutes,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'
import { worldOf } from '../support/sweepWorld.ts'

const [owner, ana, ben, cleo] = ['owner', 'ana', 'ben', 'cleo'].map(userOf) as [
  string,
  string,
  string,
  string,
]
const due = { dateTime: minutes(2880).slice(0, 16), zone: 'UTC' }
const dueAt = 2880

const aProject = (escalation: Escalation | null): Project => ({
  ...unshaped(projectId),
  id: projectId,
  workspaceId,
  key: 'OPS',
  name: 'Operations',
  description: '',
  escalation,
  createdAt: iso(start),
  createdBy: owner,
  updatedAt: iso(start),
  updatedBy: owner,
  version: 1,
})

/** Sweeps at the end of each of some minutes, and says what was told when, to whom. */
const story = (task: Task, escalation: Escalation | null, members: readonly Member[] = []) => {
  const world = worldOf([task])
  let project = aProject(escalation)
  let reads = 0
  const left = new Set<string>()
  const projects = {
    project: async () => {
      reads++
      return project
    },
  }
  const workspaces = {
    members: async () => ({ items: members, more: false }),
    member: async (_: string, id: string) =>
      left.has(id) ? undefined : (members.find(({ userId }) => userId === id) ?? aMember({ userId: id })),
  }
  const at = async (minute: number) => {
    const before = world.sent.length
    await sweep(minutes(minute), { ...world, projects, workspaces })
    return world.sent
      .slice(before)
      .map((one) => [one.kind, (Date.parse(one.at) - start) / 60_000, 'userId' in one && one.userId])
  }
  return {
    at,
    reads: () => reads,
    now: () => world.stored.get(task.id) as Task,
    leave: (userId: string) => left.add(userId),
    put: (next: Task) => world.stored.set(next.id, next),
    escalate: (next: Escalation | null) => {
      project = aProject(next)
    },
  }
}

describe('what a due date tells', () => {
  test('each once, to those whose task it is, at its time', async () => {
    const { at } = story(aTask({ due, assigneeIds: [ana, ben] }), null)
    expect(await at(1439)).toEqual([])
    expect(await at(1440)).toEqual([
      ['dueSoon', 1440, ana],
      ['dueSoon', 1440, ben],
    ])
    expect(await at(2880)).toEqual([
      ['due', 2880, ana],
      ['due', 2880, ben],
    ])
    // Nine o’clock of the day after, and nothing more.
    expect((await at(4320)).map(([kind, minute]) => [kind, minute])).toEqual([
      ['overdue', 4320],
      ['overdue', 4320],
    ])
    expect(await at(1_000_000)).toEqual([])
  })

  test('to the creator where nobody is assigned', async () => {
    const { at } = story(aTask({ due }), null)
    expect(await at(1440)).toEqual([['dueSoon', 1440, owner]])
  })

  test('all that an outage kept back, by one sweep', async () => {
    const { at } = story(aTask({ due }), null)
    expect((await at(10_000)).map(([kind]) => kind)).toEqual(['dueSoon', 'due', 'overdue'])
  })

  test('stops with the task and moves with its date', async () => {
    const { at, now, put } = story(aTask({ due }), null)
    const editor = { userId: ana, now: minutes(10), zone: 'UTC' }
    put(applyPatch(now(), { due: { ...due, dateTime: minutes(5760).slice(0, 16) } }, editor))
    expect(await at(2880)).toEqual([])
    expect(await at(4320)).toEqual([['dueSoon', 4320, owner]])
    put(applyPatch(now(), { status: 'done' }, { ...editor, now: minutes(4400) }))
    expect(await at(100_000)).toEqual([])
  })
})

describe('an escalation', () => {
  const hour = { afterMinutes: 60, userId: cleo }

  test('tells the person of the project so long after the task became overdue, once', async () => {
    const { at, now, reads } = story(aTask({ due, assigneeIds: [ana] }), hour)
    await at(1440)
    expect([reads(), now().escalateAt]).toEqual([0, null])
    expect(await at(dueAt)).toEqual([['due', dueAt, ana]])
    expect(now().escalateAt).toBe(minutes(dueAt + 60))
    expect(await at(dueAt + 59)).toEqual([])
    expect(await at(dueAt + 60)).toEqual([['escalated', dueAt + 60, cleo]])
    expect((await at(100_000)).map(([kind]) => kind)).toEqual(['overdue'])
  })

  test('of a day counts from the midnight after it', async () => {
    const { at } = story(aTask({ due: { date: '2026-11-23', zone: 'UTC' } }), hour)
    // The story begins at nine o’clock of 21 November.
    const midnight = 15 * 60 + 2 * 1440
    await at(midnight)
    expect(await at(midnight + 60)).toEqual([['escalated', midnight + 60, cleo]])
  })

  test('names nobody: those who manage the project are told, else who created it', async () => {
    const manager = (name: string, more: Partial<Member> = {}) =>
      aMember({ userId: userOf(name), projectRoles: { [projectId]: 'manager' }, ...more })
    const members = [
      aMember({ userId: ana }),
      manager('ben'),
      manager('cleo', { state: 'suspended' }),
      aMember({ userId: userOf('dan'), projectRoles: { [idOf('project', 'other')]: 'manager' } }),
    ]
    const managed = story(aTask({ due }), { ...hour, userId: null }, members)
    await managed.at(dueAt)
    expect(await managed.at(dueAt + 60)).toEqual([['escalated', dueAt + 60, ben]])
    const unmanaged = story(aTask({ due }), { ...hour, userId: null }, [aMember({ userId: ana })])
    await unmanaged.at(dueAt)
    expect(await unmanaged.at(dueAt + 60)).toEqual([['escalated', dueAt + 60, owner]])
  })

  test('does not go to somebody who has left, whoever they were named by', async () => {
    const { at, leave } = story(aTask({ due }), hour)
    await at(dueAt)
    leave(cleo)
    expect(await at(dueAt + 60)).toEqual([['escalated', dueAt + 60, owner]])
  })

  test('that is off by then, or further away, is not told, or later', async () => {
    const off = story(aTask({ due }), hour)
    await off.at(dueAt)
    off.escalate(null)
    expect(await off.at(dueAt + 60)).toEqual([])
    expect(off.now().escalateAt).toBeNull()
    const further = story(aTask({ due }), hour)
    await further.at(dueAt)
    further.escalate({ ...hour, afterMinutes: 90 })
    expect(await further.at(dueAt + 60)).toEqual([])
    expect(await further.at(dueAt + 90)).toEqual([['escalated', dueAt + 90, cleo]])
  })

  test('that is nearer by then is told at the time that was settled', async () => {
    const { at, escalate } = story(aTask({ due }), hour)
    await at(dueAt)
    escalate({ ...hour, afterMinutes: 15 })
    expect(await at(dueAt + 60)).toEqual([['escalated', dueAt + 60, cleo]])
  })

  test('whose time passed in an outage stands in the task before it is told', async () => {
    const { at, now } = story(aTask({ due }), hour)
    expect((await at(10_000)).map(([kind]) => kind)).toEqual(['dueSoon', 'due'])
    expect([now().escalateAt, now().remindAt]).toEqual([minutes(dueAt + 60), minutes(dueAt + 60)])
    expect((await at(10_001)).map(([kind]) => kind)).toEqual(['escalated', 'overdue'])
    expect(await at(10_002)).toEqual([])
  })
})

test('a project is read once in a sweep, however many of its tasks are overdue', async () => {
  const tasks = ['a', 'b', 'c', 'd'].map((name) => aTask({ id: idOf('task', name), due }))
  const world = worldOf(tasks)
  let reads = 0
  const projects = {
    project: async () => {
      reads++
      return aProject(null)
    },
  }
  await sweep(minutes(dueAt), { ...world, projects })
  expect([world.sent.length, reads]).toEqual([8, 1])
})
