import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lifeStates, statuses } from '../../../shared/api/schemas/task.ts'
import * as keys from '../../../shared/data/keys.ts'
import { makeId } from '../../../shared/domain/ids.ts'

const seed = fc.uint8Array({ minLength: 10, maxLength: 10 })
const idOf = (kind: Parameters<typeof makeId>[0]) =>
  fc.tuple(fc.integer({ min: 0, max: 2 ** 41 }), seed).map(([time, random]) => makeId(kind, time, random))
const user = fc.uuid()
const count = fc.integer({ min: 1, max: 9_999_999_999 })
const ids = fc.record({
  w: idOf('workspace'),
  project: idOf('project'),
  task: idOf('task'),
  parent: idOf('task'),
  invitation: idOf('invitation'),
  job: idOf('job'),
  field: idOf('customField'),
  template: idOf('template'),
  group: idOf('group'),
  user,
  session: user,
  notice: fc.stringMatching(/^[\w-]{22}$/),
  event: fc.stringMatching(/^[\w./:-]{10,40}$/),
  time: count.map((seconds) => new Date(seconds * 1000).toISOString()),
  projectKey: fc.stringMatching(/^[A-Z][A-Z0-9]{1,9}$/),
  number: count,
})
type Ids = typeof ids extends fc.Arbitrary<infer T> ? T : never

/** One of each that lists tasks: an assignee, a group, whoever they are shared with, a project, a task with subtasks. */
const ownersOf = ({ user, group: groupId, project: projectId, parent: parentId }: Ids) => [
  { assigneeId: user },
  { groupId },
  { sharedWith: user },
  { projectId },
  { parentId },
]

/** Keys of everything a workspace holds. */
const tenantKeys = (one: Ids): keys.Key[] => [
  keys.workspaceKey(one.w),
  keys.memberKey(one.w, one.user),
  keys.departureKey(one.w, one.user),
  keys.digestKey(one.w, one.user),
  keys.upkeepKey(one.w, 'cleanUp'),
  keys.groupNamesKey(one.w),
  keys.groupKey(one.w, one.group),
  keys.groupMemberKey(one.w, one.group, one.user),
  keys.groupDeletionKey(one.w, one.group),
  keys.invitationKey(one.w, one.invitation),
  keys.projectKeyOf(one.w, one.project),
  keys.projectNameKey(one.w, one.projectKey),
  keys.customFieldKey(one.w, one.field),
  keys.templateKey(one.w, one.template),
  keys.preferencesKey(one.w, one.user),
  keys.waitingMailKey(one.w, one.user, '2026-11-21T09:00:00.000Z'),
  keys.timerKey(one.w, one.user),
  keys.sequenceKey(one.w),
  keys.structureKey(one.w),
  keys.statisticsKey(one.w),
  keys.statisticsKey(one.w, one.project),
  keys.taskKeyOf(one.w, one.task),
  keys.historyKey(one.w, one.task, one.number),
  keys.numberKey(one.w, one.project, one.number),
  keys.humanIdKey(one.w, `${one.projectKey}-${one.number}`),
  ...ownersOf(one).map((owner) => keys.linkKey(one.w, owner, one.task)),
  ...[one.user, one.group].map((whom) => keys.remindedKey(one.w, whom, one.task)),
  keys.rollupKey(one.w, one.task),
  keys.eventKey(one.w, one.number),
  keys.auditKey(one.w, one.time, one.number),
  keys.auditMarkKey(one.w, one.event),
  keys.noticeKey({ workspaceId: one.w, userId: one.user }, one.notice),
  keys.noticeKey({ workspaceId: one.w, userId: null }, one.notice),
  keys.jobKey(one.w, one.job),
  keys.jobProgressKey(one.w, one.job),
  keys.jobListingKey(one.w, one.job),
  keys.jobChunkKey(one.w, one.job, one.number),
]
const personalKeys = (one: Ids): keys.Key[] => [
  keys.personKey(one.user),
  keys.sessionKey(one.user, one.session),
  keys.tokenKey(one.user, one.number % 50),
  keys.requestKey(one.user, one.notice),
  keys.noticeKey({ workspaceId: null, userId: one.user }, one.notice),
]
const names = (all: readonly keys.Key[]) => all.map(({ PK, SK }) => `${PK} ${SK}`)

describe('keys', () => {
  test('of a tenant begin with the workspace, and a child’s with its parent', () => {
    fc.assert(
      fc.property(ids, (one) => {
        for (const { PK } of tenantKeys(one)) expect(`${PK}#`.startsWith(`WSP#${one.w}#`)).toBe(true)
        for (const { PK } of personalKeys(one)) expect(PK).toBe(`USR#${one.user}`)
        expect(keys.historyKey(one.w, one.task, one.number).PK).toContain(one.task)
        expect(keys.numberKey(one.w, one.project, one.number).PK).toContain(one.project)
        expect(keys.linkPk(one.w, { parentId: one.parent })).toContain(one.parent)
      }),
    )
  })

  test('of no two kinds or entities are the same', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const all = [one, other].flatMap((some) => [...tenantKeys(some), ...personalKeys(some)])
        fc.pre(one.w !== other.w && one.user !== other.user)
        expect(new Set(names(all)).size).toBe(all.length)
      }),
    )
  })

  test('within a workspace differ in whatever names the entity', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const [a, b] = [tenantKeys(one), tenantKeys({ ...other, w: one.w })]
        const shared = names(a).filter((name) => names(b).includes(name))
        const named = (Object.keys(one) as (keyof Ids)[]).filter((field) => field !== 'w')
        const alike = named.filter((field) => one[field] === other[field])
        fc.pre(alike.length === 0)
        expect(shared).toEqual(
          names([
            keys.workspaceKey(one.w),
            keys.upkeepKey(one.w, 'cleanUp'),
            keys.groupNamesKey(one.w),
            keys.sequenceKey(one.w),
            keys.structureKey(one.w),
            keys.statisticsKey(one.w),
          ]),
        )
      }),
    )
  })

  test('with numbers sort as the numbers do', () => {
    fc.assert(
      fc.property(ids, count, count, (one, a, b) => {
        fc.pre(a !== b)
        const key = (number: number) => keys.numberKey(one.w, one.project, number).SK
        const line = (version: number) => keys.historyKey(one.w, one.task, version).SK
        expect(key(a) < key(b)).toBe(a < b)
        expect(line(a) < line(b)).toBe(a < b)
      }),
    )
  })

  test('spread reminders over all shards, always the same for a task', () => {
    const tasks = Array.from({ length: 2000 }, (_, n) => makeId('task', n, new Uint8Array(10).fill(n % 256)))
    const shards = tasks.map((id) => keys.timeShardOf('REM', id))
    expect(shards).toEqual(tasks.map((id) => keys.timeShardOf('REM', id)))
    const sizes = keys.timeShards('REM').map((shard) => shards.filter((one) => one === shard).length)
    expect(Math.min(...sizes)).toBeGreaterThan(60)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2000)
  })

  test('list partitions tell owners, statuses, life states and workspaces apart', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        fc.pre(one.w !== other.w)
        const all = [one, other].flatMap((some) =>
          ownersOf(some).flatMap((owner) => [
            keys.linkPk(some.w, owner),
            ...lifeStates.flatMap((life) =>
              statuses.map((status) => keys.listPk(some.w, owner, life, status)),
            ),
          ]),
        )
        expect(new Set(all).size).toBe(2 * 5 * (1 + lifeStates.length * statuses.length))
      }),
    )
  })
})
