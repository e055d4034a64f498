import { describe, expect, test } from 'vitest'
import type { NoticeKind, NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { verdictOn } from '../../../../shared/domain/notices/verdict.ts'
import { type Project, unshaped } from '../../../../shared/domain/projects/project.ts'
import {
  aMember,
  aPerson,
  aTask,
  aWorkspace,
  iso,
  minutes,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'
import { factsOf, type Known } from '../support/pipelineFakes.ts'

const [ana, ben] = [userOf('ana'), userOf('ben')]
const due = { dateTime: minutes(2880).slice(0, 16), zone: 'UTC' }
const task = { ...aTask({ due, assigneeIds: [ana] }), escalateAt: minutes(2940) }
const project: Project = {
  ...unshaped(projectId),
  id: projectId,
  workspaceId,
  key: 'OPS',
  name: 'Operations',
  description: '',
  escalation: { afterMinutes: 60, userId: ben },
  createdAt: iso(start),
  createdBy: userOf('owner'),
  updatedAt: iso(start),
  updatedBy: userOf('owner'),
  version: 1,
}
const known: Known = {
  people: [aPerson(), aPerson({ id: ben, name: 'Ben' })],
  members: [aMember(), aMember({ userId: ben, name: 'Ben' })],
  tasks: [task],
  workspaces: [aWorkspace()],
  projects: [project],
}

const at = { dueSoon: minutes(1440), due: minutes(2880), overdue: minutes(4320), escalated: minutes(2940) }
type Kind = keyof typeof at & NoticeKind
const message = (kind: Kind): NoticeMessage => ({
  kind,
  workspaceId,
  taskId: task.id,
  userId: kind === 'escalated' ? ben : ana,
  at: at[kind],
})
const verdict = (kind: Kind, changes: Known = {}, now = at[kind]) =>
  verdictOn(message(kind), factsOf({ ...known, ...changes }), now)

const kinds = ['dueSoon', 'due', 'overdue', 'escalated'] as const

describe('a due date is told while it stands', () => {
  test.each(['dueSoon', 'due', 'overdue'] as const)('%s, late after ninety seconds', async (kind) => {
    const past = (ms: number) => iso(Date.parse(at[kind]) + ms)
    expect(await verdict(kind, {}, past(90_000))).toMatchObject({
      send: true,
      notice: { kind, at: at[kind], sentAt: past(90_000), late: false, task: { key: 'OPS-1', due } },
    })
    expect(await verdict(kind, {}, past(90_001))).toMatchObject({ notice: { late: true } })
  })

  test('an escalation says since when, and whose it is', async () => {
    expect(await verdict('escalated')).toMatchObject({
      send: true,
      recipient: { name: 'Ben' },
      notice: { kind: 'escalated', overdueSince: minutes(2880), assignees: ['Ana'] },
    })
  })

  test('an escalation that names nobody goes to who manages the project, and to who made it', async () => {
    const unnamed = { ...project, escalation: { afterMinutes: 60, userId: null } }
    const manager = aMember({ userId: ben, projectRoles: { [projectId]: 'manager' } })
    expect(await verdict('escalated', { projects: [unnamed], members: [manager] })).toMatchObject({
      send: true,
    })
    const made = { ...unnamed, createdBy: ben }
    expect(await verdict('escalated', { projects: [made] })).toMatchObject({ send: true })
    expect(await verdict('escalated', { projects: [unnamed] })).toMatchObject({ send: false })
  })

  test('an escalation that names somebody who has left goes to who made the project', async () => {
    const named = { ...project, createdBy: ben, escalation: { afterMinutes: 60, userId: ana } }
    const both = { projects: [named], members: [aMember(), aMember({ userId: ben, name: 'Ben' })] }
    expect(await verdict('escalated', both)).toMatchObject({ send: false })
    const left = { projects: [named], members: [aMember({ userId: ben, name: 'Ben' })] }
    expect(await verdict('escalated', left)).toMatchObject({ send: true })
  })
})

describe('a due date is not told any more once', () => {
  const changed = (changes: Partial<typeof task>): Known => ({ tasks: [{ ...task, ...changes }] })
  test.each(
    kinds.flatMap(
      (kind) =>
        [
          [kind, 'the task is done', changed({ status: 'done' })],
          [kind, 'the task is archived', changed({ archivedAt: minutes(1) })],
          [kind, 'the task is in the trash', changed({ trashedAt: minutes(1) })],
          [kind, 'the task has no date', changed({ due: null, dueAt: null })],
          [kind, 'the person has left', { members: [] }],
          [kind, 'the account is gone', { people: [] }],
        ] as [Kind, string, Known][],
    ),
  )('%s: %s', async (kind, _why, changes) => {
    expect(await verdict(kind, changes)).toEqual({ send: false, why: expect.stringMatching(/^the /) })
  })

  test.each(['dueSoon', 'due', 'overdue'] as const)('%s: the date was moved', async (kind) => {
    const later = { ...due, dateTime: minutes(2895 + 1440).slice(0, 16) }
    expect(await verdict(kind, changed({ due: later }))).toMatchObject({ send: false })
    expect(await verdict(kind, changed({ assigneeIds: [ben] }))).toMatchObject({ send: false })
  })

  test('escalated: it was settled anew, or nobody is told, or somebody else', async () => {
    expect(await verdict('escalated', changed({ escalateAt: minutes(2950) }))).toMatchObject({ send: false })
    for (const escalation of [null, { afterMinutes: 60, userId: ana }])
      expect(await verdict('escalated', { projects: [{ ...project, escalation }] })).toMatchObject({
        send: false,
      })
    expect(await verdict('escalated', { projects: [] })).toMatchObject({ send: false })
  })
})
