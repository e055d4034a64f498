import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Role } from '../../../../shared/api/actions.ts'
import type { AuditEvent } from '../../../../shared/domain/audit/event.ts'
import { visible } from '../../../../shared/domain/live/visible.ts'
import type { Event } from '../../../../shared/domain/ports.ts'
import { changedPaths, valueAt } from '../../../../shared/domain/tasks/paths.ts'
import { aboutTask, type Task } from '../../../../shared/domain/tasks/task.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { aMember, aTask, idOf, iso, start, userOf, workspaceId } from '../support/builders.ts'

const me = userOf('gina')
const others = [userOf('ana'), userOf('ben')]
const groups = [idOf('group', 'red'), idOf('group', 'blue')]
const projects = ['p1', 'p2', 'p3'].map((name) => idOf('project', name))

/** The rule, said by itself: who may read a task, in words of the product and not of the code. */
const mayRead = (member: Member, task: Task): boolean => {
  if (member.role === 'owner' || member.role === 'admin') return true
  if (task.createdBy === member.userId || task.assigneeIds.includes(member.userId)) return true
  if (task.assigneeGroupIds.some((id) => (member.groupIds ?? []).includes(id))) return true
  if (task.shares[member.userId] !== undefined) return true
  const standsIn = [task.projectId, ...Object.keys(task.ranks)]
  const roles = standsIn.map((id) => member.projectRoles?.[id] ?? member.role)
  return roles.some((role) => role !== 'guest')
}

const some = <T>(values: readonly T[]) => fc.subarray([...values])
const aState = fc.record({
  title: fc.constantFrom('A', 'B'),
  createdBy: fc.constant(userOf('ana')),
  assigneeIds: some([me, ...others]),
  assigneeGroupIds: some(groups),
  shares: some([me, ...others]).map((ids) => Object.fromEntries(ids.map((id) => [id, 'view' as const]))),
  projectIds: fc.shuffledSubarray(projects, { minLength: 1 }),
})
const states = fc.array(aState, { minLength: 2, maxLength: 6 }).map((all) =>
  all.map(({ projectIds, ...state }, index) =>
    aTask({
      ...state,
      projectId: String(projectIds[0]),
      ranks: Object.fromEntries(projectIds.map((id) => [id, 'h1'])),
      version: index + 1,
    }),
  ),
)
const role = fc.constantFrom<Role>('owner', 'admin', 'manager', 'member', 'guest')
const members = fc
  .record({
    role,
    groupIds: some(groups),
    projectRoles: fc.dictionary(fc.constantFrom(...projects), fc.constantFrom<Role>('manager', 'guest')),
  })
  .map((changes) => aMember({ userId: me, ...changes }))

const eventBetween = (before: Task, after: Task, sequence: number): Event => ({
  workspaceId,
  sequence,
  type: 'task.changed',
  taskId: after.id,
  taskVersion: after.version,
  at: iso(start),
  by: userOf('ana'),
  changes: changedPaths(before, after).map((field) => ({
    field,
    from: valueAt(before, field),
    to: valueAt(after, field),
  })),
  cause: null,
  previousHash: 'p',
  hash: 'h',
})

const eventsOf = (all: readonly Task[]): Event[] =>
  all.slice(1).map((after, index) => eventBetween(all[index] as Task, after, index + 2))

test('an event is told whole to whoever may read its task now, and to nobody else', () => {
  fc.assert(
    fc.property(members, states, (member, all) => {
      const now = all.at(-1) as Task
      for (const event of eventsOf(all)) {
        const seen = visible(member, event, now)
        expect(seen !== undefined && 'changes' in seen).toBe(mayRead(member, now))
      }
    }),
    { numRuns: 300 },
  )
})

test('who loses a task is told to forget it by the event that took it; who never had it learns of nothing', () => {
  fc.assert(
    fc.property(members, states, (member, all) => {
      const now = all.at(-1) as Task
      if (mayRead(member, now)) return
      eventsOf(all).forEach((event, index) => {
        const [before, after] = [all[index], all[index + 1]] as [Task, Task]
        const seen = visible(member, event, now)
        const hidden = { type: 'task.hidden', sequence: event.sequence, taskId: event.taskId }
        if (!mayRead(member, before)) expect(seen).toBeUndefined()
        else if (!mayRead(member, after)) expect(seen).toEqual(hidden)
        else expect([undefined, hidden]).toContainEqual(seen)
      })
    }),
    { numRuns: 300 },
  )
})

const [p1, p2] = projects as [string, string]
const [red] = groups as [string]
const grants: readonly (readonly [string, Partial<Task>])[] = [
  ['being assigned', { assigneeIds: [me] }],
  ['a group that is assigned', { assigneeGroupIds: [red] }],
  ['a share', { shares: { [me]: 'view' } }],
  ['the project', { projectId: p1, ranks: { [p1]: 'h1' } }],
  ['a further project', { ranks: { [p2]: 'h1', [p1]: 'h2' } }],
]

test.each(grants)('who had a task by %s alone is told when that is taken', (_, grant) => {
  const guest = aMember({ userId: me, role: 'guest', groupIds: [red], projectRoles: { [p1]: 'member' } })
  const bare = { createdBy: userOf('ana'), assigneeIds: [], projectId: p2, ranks: { [p2]: 'h1' } }
  const [before, after] = [aTask({ ...bare, ...grant }), aTask({ ...bare, version: 2 })]
  expect([mayRead(guest, before), mayRead(guest, after)]).toEqual([true, false])
  expect(visible(guest, eventBetween(before, after, 2), after)).toMatchObject({ type: 'task.hidden' })
})

test('a creation tells nothing to whoever cannot read what became of the task', () => {
  fc.assert(
    fc.property(members, states, (member, all) => {
      const [first, now] = [all[0], all.at(-1)] as [Task, Task]
      if (mayRead(member, now)) return
      const changes = (['assigneeIds', 'assigneeGroupIds', 'title'] as const).map((field) => ({
        field,
        from: null,
        to: first[field],
      }))
      const shares = Object.entries(first.shares).map(([id, to]) => ({
        field: `shares/${id}`,
        from: null,
        to,
      }))
      const event = { ...eventBetween(first, first, 1), type: 'task.created' as const }
      expect(visible(member, { ...event, changes: [...changes, ...shares] }, now)).toBeUndefined()
    }),
    { numRuns: 200 },
  )
})

const gone = (task: Task): Event => ({
  ...eventBetween(task, task, 99),
  type: 'task.purged',
  changes: [],
  readers: aboutTask(task),
})

test('who had a task that is gone is told to forget it; who never had it learns of nothing', () => {
  fc.assert(
    fc.property(members, states, (member, all) => {
      const events = [...eventsOf(all), gone(all.at(-1) as Task)]
      const seen = events.map((event) => visible(member, event, undefined))
      const last = all.findLastIndex((task) => mayRead(member, task))
      if (last === -1) expect(seen.every((one) => one === undefined)).toBe(true)
      // The event that took it, or its end.
      else
        expect(seen[last]).toMatchObject({ sequence: events[last]?.sequence, taskId: events[last]?.taskId })
      expect(JSON.stringify(seen)).not.toContain('readers')
    }),
    { numRuns: 300 },
  )
})

test.each(grants)('who had a task by %s alone is told of its end, and what led there', (_, grant) => {
  const guest = aMember({ userId: me, role: 'guest', groupIds: [red], projectRoles: { [p1]: 'member' } })
  const bare = { createdBy: userOf('ana'), assigneeIds: [], projectId: p2, ranks: { [p2]: 'h1' } }
  const [before, after] = [aTask({ ...bare, ...grant }), aTask({ ...bare, version: 2 })]
  const hidden = { type: 'task.hidden', taskId: before.id }
  expect(visible(guest, gone(before), undefined)).toEqual({ ...hidden, sequence: 99 })
  expect(visible(guest, gone(after), undefined)).toBeUndefined()
  expect(visible(guest, eventBetween(before, after, 2), undefined)).toEqual({ ...hidden, sequence: 2 })
  expect(visible(guest, eventBetween(after, before, 2), undefined)).toBeUndefined()
})

const plain = (of: Partial<Member> = {}) => aMember({ userId: me, role: 'member', ...of })
const event = eventBetween(aTask({ title: 'A' }), aTask({ title: 'B', version: 2 }), 2)
const purged = { ...event, type: 'task.purged' as const, changes: [] }

test('what is told carries neither chain nor workspace', () => {
  const { workspaceId: _, previousHash: __, hash: ___, ...shown } = event
  expect(visible(plain(), event, aTask())).toEqual(shown)
})

test('of a task that is gone those who read all tasks learn that it is, and of its past nothing', () => {
  const being = aTask({ purge: { by: me, at: iso(start), through: 'web' } })
  for (const task of [undefined, being]) {
    expect(visible(plain(), event, task)).toMatchObject({ type: 'task.hidden' })
    expect(visible(plain(), purged, task)).toMatchObject({ type: 'task.purged', taskId: event.taskId })
    for (const member of [plain({ role: 'guest' }), plain({ projectRoles: { p: 'guest' } })]) {
      expect(visible(member, event, task)).toBeUndefined()
      expect(visible(member, purged, task)).toBeUndefined()
    }
  }
})

const audit = (changes: Partial<AuditEvent>): AuditEvent => ({
  workspaceId,
  sequence: 9,
  id: 'x',
  type: 'member.roleChanged',
  at: iso(start),
  orderedAt: iso(start),
  by: userOf('ana'),
  about: { kind: 'member', id: me },
  changes: [],
  previousHash: '',
  previousAuditHash: '',
  hash: '',
  ...changes,
})
const inGroup = (userId: string) =>
  audit({
    type: 'group.memberRemoved',
    about: { kind: 'group', id: String(groups[0]) },
    changes: [{ field: 'members', from: userId, to: null }],
  })

test('owners see the audit log; who it is about, that their access has changed; others nothing', () => {
  const told = { type: 'access.changed', sequence: 9 }
  for (const entry of [audit({}), inGroup(me), audit({ type: 'member.projectRolesChanged' })]) {
    expect(visible(plain({ role: 'owner' }), entry, undefined)).toEqual(entry)
    expect(visible(plain(), entry, undefined)).toEqual(told)
    expect(visible(plain({ role: 'admin', userId: userOf('ben') }), entry, undefined)).toBeUndefined()
  }
  expect(visible(plain(), inGroup(userOf('ben')), undefined)).toBeUndefined()
  const session = audit({ type: 'session.began', about: { kind: 'session', id: me }, by: me })
  expect(visible(plain(), session, undefined)).toBeUndefined()
  const token = audit({ type: 'token.made', about: { kind: 'member', id: me }, by: me })
  expect(visible(plain(), token, undefined)).toBeUndefined()
})
