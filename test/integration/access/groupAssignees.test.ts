import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { explainPermissions } from '../../../shared/api/routes/access.ts'
import * as groups from '../../../shared/api/routes/groups.ts'
import { batchTasks } from '../../../shared/api/routes/jobs.ts'
import { duplicateTask, undoChange } from '../../../shared/api/routes/life.ts'
import { removeMember } from '../../../shared/api/routes/members.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import { addTimeEntry } from '../../../shared/api/routes/time.ts'
import { reminderStore } from '../../../shared/data/stores/reminders.ts'
import { verdictOn } from '../../../shared/domain/notices/verdict.ts'
import { sweep } from '../../../shared/domain/pipeline/sweep.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let ana: Someone
let ben: Someone
let guest: Someone
let groupId: string
let taskId: string
let count = 0

beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) => {
  const all: Record<string, string> = { workspaceId: team.workspaceId, groupId, taskId, ...params }
  const named = Object.entries(all).filter(([name]) => route.path.includes(`{${name}}`))
  return team.app.call(who, route, { ...request, params: Object.fromEntries(named) })
}
/** Each a moment after the one before, so that lists have one order. */
const addTask = (fields: object = {}): Promise<string> => {
  team.app.clock.now += 1
  return team.addTask(fields)
}
const newGroup = async (...members: Someone[]): Promise<string> => {
  const { body } = await call(team.owner, groups.createGroup, { body: { name: `Pilots ${++count}` } })
  for (const who of members) await enter(who, body.id)
  return body.id
}
const enter = (who: Someone, id = groupId) =>
  call(team.owner, groups.addGroupMember, { params: { groupId: id, userId: who.userId }, body: {} })
const leave = (who: Someone, id = groupId) =>
  call(team.owner, groups.removeGroupMember, { params: { groupId: id, userId: who.userId } })
const edit = (who: Someone, body: object) => call(who, tasks.editTask, { body })
const listed = async (who: Someone, userId = '@me', query = {}): Promise<string[]> => {
  await team.app.drain()
  const { body } = await call(who, tasks.listAssignedTasks, { params: { userId }, query })
  return body.items.map(({ id }: { id: string }) => id)
}
/** Whom the consumer has told since, by the kinds of notices. */
const told = async (): Promise<string[]> => {
  await team.app.drain()
  return team.app.notices.splice(0).map((one) => `${one.kind} ${'userId' in one ? one.userId : ''}`)
}

beforeEach(async () => {
  ana = await team.colleague('member')
  ben = await team.colleague('member')
  guest = await team.colleague('guest')
  groupId = await newGroup(ana, guest)
  taskId = await addTask({ assigneeGroupIds: [groupId] })
  await team.app.drain()
  team.app.notices.length = 0
})

describe('whoever is in a group at the time is an assignee of its tasks', () => {
  test('and edits, completes and clocks them as one, no longer once taken out', async () => {
    expect((await edit(ben, { title: 'By Ben' })).status).toBe(403)
    expect((await edit(ana, { title: 'By Ana' })).body.title).toBe('By Ana')
    const time = { startedAt: '2026-11-01T09:00:00Z', minutes: 5 }
    expect((await call(guest, addTimeEntry, { body: time })).status).toBe(201)
    expect((await call(guest, tasks.getTask)).body.allowedActions).toEqual(['task.read', 'task.time'])
    for (const who of [ana, guest]) await leave(who)
    expect((await edit(ana, { title: 'Again' })).status).toBe(403)
    expect((await call(guest, tasks.getTask)).status).toBe(404)
    await enter(ben)
    expect((await call(ben, tasks.completeTask, { body: {} })).status).toBe(200)
  })

  test('until the workspace is left or the group is deleted', async () => {
    await call(team.owner, removeMember, { params: { userId: guest.userId } })
    expect((await call(guest, tasks.getTask)).status).toBe(404)
    await call(team.owner, groups.deleteGroup)
    await team.app.drain()
    expect((await edit(ana, { title: 'Late' })).status).toBe(403)
    // The task keeps the id, which stands for nobody, and takes it back as it is.
    expect((await team.read(taskId)).assigneeGroupIds).toEqual([groupId])
    expect((await edit(team.owner, { assigneeGroupIds: [groupId], title: 'On' })).status).toBe(200)
    const other = await addTask()
    const again = { params: { taskId: other }, body: { assigneeGroupIds: [groupId] } }
    expect((await call(team.owner, tasks.editTask, again)).status).toBe(400)
  })

  test('and finds them in the own list, each once and in order, with those by name', async () => {
    const second = await newGroup(ana, ben)
    const both = { assigneeGroupIds: [groupId, second], assigneeIds: [ana.userId] }
    const [one, two] = [await addTask(both), await addTask({ assigneeIds: [ana.userId] })]
    expect(await listed(ana)).toEqual([taskId, one, two])
    expect(await listed(ana, '@me', { direction: 'desc' })).toEqual([two, one, taskId])
    expect(await listed(ben)).toEqual([one])
    expect(await listed(ben, ana.userId)).toEqual([taskId, one, two])
    expect(await listed(guest)).toEqual([taskId, one])
    await leave(ana)
    expect(await listed(ana)).toEqual([one, two])
  })

  test('page by page as well', async () => {
    const others = [await newGroup(ana), await newGroup(ana)]
    const made = [taskId]
    for (let n = 0; n < 7; n++) {
      made.push(await addTask({ assigneeGroupIds: [others[n % 2], ...(n > 4 ? [groupId] : [])] }))
    }
    await team.app.drain()
    const seen: string[] = []
    let query: Record<string, string> = { limit: '3' }
    for (let pages = 0; pages < 9; pages++) {
      const { body } = await call(ana, tasks.listAssignedTasks, { params: { userId: '@me' }, query })
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.next === undefined) break
      query = Object.fromEntries(new URL(body.next, 'https://duely.test').searchParams)
    }
    expect(seen).toEqual(made)
  })
})

describe('assigning to groups', () => {
  test('takes the right to assign, and groups of this workspace', async () => {
    expect((await edit(ben, { assigneeGroupIds: [] })).status).toBe(403)
    const away = await startDetailTeam()
    const { body } = await away.app.call(away.owner, groups.createGroup, {
      params: { workspaceId: away.workspaceId },
      body: { name: 'Away' },
    })
    await away.app.close()
    for (const id of [body.id, 'grp_01jd3v8k6t9q2w4e7r5y8z0x1c']) {
      const refused = await edit(team.owner, { assigneeGroupIds: [groupId, id] })
      expect([refused.status, refused.body.errors]).toEqual([
        400,
        [{ pointer: '/assigneeGroupIds/1', detail: 'must be a group of this workspace' }],
      ])
    }
    const many = Array.from({ length: 11 }, (_, n) => `grp_01jd3v8k6t9q2w4e7r5y8z0x${10 + n}`)
    expect((await edit(team.owner, { assigneeGroupIds: many })).status).toBe(400)
  })

  test('stands in the history, and is taken back while the group is there', async () => {
    const other = await newGroup()
    const { body } = await edit(team.owner, { assigneeGroupIds: [other] })
    await team.app.drain()
    const history = await call(team.owner, tasks.listTaskHistory)
    expect(history.body.items[0].changes).toEqual([
      { field: 'assigneeGroupIds', from: [groupId], to: [other] },
    ])
    const undo = { body: { version: body.version } }
    // Whoever may edit it, and no more, does not say either whose it is.
    const sharing = { params: { userId: ben.userId }, body: { level: 'edit' } }
    expect((await call(team.owner, shareTask, sharing)).status).toBe(200)
    expect((await edit(ben, { title: 'By Ben' })).status).toBe(200)
    expect((await call(ben, undoChange, undo)).status).toBe(403)
    await call(team.owner, groups.deleteGroup)
    expect((await call(team.owner, undoChange, undo)).status).toBe(409)
  })

  test('goes along into copies', async () => {
    const { body } = await call(team.owner, duplicateTask, { body: { subtasks: false } })
    expect(body.assigneeGroupIds).toEqual([groupId])
  })

  test('is named to guests who see the task, by id and name alone', async () => {
    const { body } = await call(guest, groups.listTaskGroups)
    expect(body.items).toEqual([{ id: groupId, name: `Pilots ${count}` }])
    expect((await call(guest, groups.getGroup)).status).toBe(404)
    const stranger = await team.colleague('guest')
    expect((await call(stranger, groups.listTaskGroups)).status).toBe(404)
    await call(team.owner, groups.deleteGroup)
    expect((await call(guest, groups.listTaskGroups)).body.items).toEqual([])
  })
})

describe('a group is told', () => {
  const telling = async (who: Someone, body: object) => {
    expect((await edit(who, body)).status).toBe(200)
    return (await told()).sort()
  }
  const assigned = (...all: Someone[]) => all.map(({ userId }) => `assigned ${userId}`).sort()

  test('of an assignment: each member once, but for the actor and for who was an assignee', async () => {
    const second = await newGroup(ana, ben, guest)
    const third = await newGroup(ben)
    const next = { assigneeGroupIds: [groupId, second, third] }
    expect(await telling(team.owner, next)).toEqual(assigned(ben))
    expect(await telling(team.owner, { assigneeGroupIds: [], assigneeIds: [guest.userId] })).toEqual(
      assigned(guest),
    )
    expect(await telling(team.owner, { assigneeGroupIds: [second] })).toEqual(assigned(ana, ben))
    await edit(team.owner, { assigneeGroupIds: [], assigneeIds: [ana.userId] })
    await told()
    expect(await telling(ana, { assigneeGroupIds: [second] })).toEqual(assigned(ben, guest))
  })

  test('of many at once: each member one time', async () => {
    const second = await newGroup(ana, ben)
    const [one, two] = [await addTask(), await addTask()]
    await told()
    const patch = { assigneeGroupIds: [groupId, second], assigneeIds: [ben.userId] }
    const operations = [one, two].map((id) => ({ taskId: id, patch }))
    expect((await call(team.owner, batchTasks, { body: { operations } })).status).toBe(200)
    await team.app.drain()
    const notices = team.app.notices.splice(0)
    expect(new Set(notices.map(({ kind }) => kind))).toEqual(new Set(['bulk']))
    const people = notices.map((one) => ('count' in one ? `${one.userId} ${one.count}` : ''))
    expect(people.sort()).toEqual([ana, ben, guest].map(({ userId }) => `${userId} 2`).sort())
  })

  test('nothing that has ended by the time of the mail', async () => {
    const notice = {
      kind: 'assigned' as const,
      workspaceId: team.workspaceId,
      taskId,
      userId: guest.userId,
      by: team.owner.userId,
      version: 1,
      at: '2026-11-21T09:00:00.000Z',
    }
    const isSent = async () => (await verdictOn(notice, team.app.facts, new Date().toISOString())).send
    expect(await isSent()).toBe(true)
    await leave(guest)
    expect(await isSent()).toBe(false)
  })

  test('of a reminder for assignees: whoever is in it then, else the creator', async () => {
    const at = '2031-03-04T17:00'
    await edit(team.owner, { reminders: [{ dateTime: at, zone: 'UTC' }] })
    const sent: string[] = []
    const queue = {
      send: async (messages: readonly object[]) =>
        void sent.push(...messages.map((one) => String((one as { userId: string }).userId))),
    }
    const remind = async () => {
      sent.length = 0
      const reminders = { ...reminderStore(team.app.table), advance: async () => ({ won: true }) as const }
      await sweep(`${at}:00.000Z`, { ...team.app.stores, reminders, groups: team.app.groups, queue })
      const task = await team.app.stores.tasks.task(team.workspaceId, taskId)
      const common = { kind: 'reminder' as const, workspaceId: team.workspaceId, taskId, at: `${at}:00.000Z` }
      const reminderId = String(task?.reminders[0]?.id)
      const verdicts = await Promise.all(
        sent.map((userId) => verdictOn({ ...common, userId, reminderId }, team.app.facts, `${at}:00.000Z`)),
      )
      return sent.filter((_, index) => verdicts[index]?.send)
    }
    expect((await remind()).sort()).toEqual([ana.userId, guest.userId].sort())
    await leave(guest)
    expect(await remind()).toEqual([ana.userId])
    await leave(ana)
    expect(await remind()).toEqual([team.owner.userId])
    const verdict = await remind()
    await enter(ben)
    expect([verdict, await remind()]).toEqual([[team.owner.userId], [ben.userId]])
  })
})

describe('what a group has', () => {
  const delegate = (who: Someone, body: object) => call(who, tasks.delegateTask, { body })

  test('is handed on once for one Idempotency-Key, named or not', async () => {
    for (const from of [{}, { from: groupId }]) {
      await edit(team.owner, { assigneeIds: [], assigneeGroupIds: [groupId] })
      const request = {
        body: { ...from, to: ben.userId },
        headers: { 'Idempotency-Key': `once-${'from' in from}` },
      }
      const first = await call(ana, tasks.delegateTask, request)
      await team.app.drain()
      const repeated = await call(ana, tasks.delegateTask, request)
      expect([first.status, repeated.status, repeated.body]).toEqual([200, 200, first.body])
    }
  })

  test('is handed on by each who is in it, and the person takes the place of the group', async () => {
    expect((await delegate(ben, { to: ana.userId })).status).toBe(403)
    const { status, body } = await delegate(ana, { to: ben.userId, note: 'Yours' })
    expect([status, body.assigneeIds, body.assigneeGroupIds]).toEqual([200, [ben.userId], []])
    expect(await told()).toEqual([`assigned ${ben.userId}`])
    const history = await call(team.owner, tasks.listTaskHistory)
    expect(history.body.items[0].cause).toEqual({
      kind: 'delegated',
      from: groupId,
      to: ben.userId,
      note: 'Yours',
    })
    expect((await delegate(ana, { to: ben.userId })).status).toBe(403)
  })

  test('is told apart where somebody is in two of its groups', async () => {
    const second = await newGroup(ana)
    const other = await newGroup(ben)
    await edit(team.owner, { assigneeGroupIds: [groupId, second, other] })
    const pointer = async (body: object) => (await delegate(ana, body)).body.errors?.[0]?.pointer
    expect(await pointer({ to: ben.userId })).toBe('/from')
    expect((await delegate(ana, { to: ben.userId, from: other })).status).toBe(403)
    const { body } = await delegate(ana, { to: ben.userId, from: second })
    expect([body.assigneeIds, body.assigneeGroupIds]).toEqual([[ben.userId], [groupId, other]])
  })

  test('is what an explanation names', async () => {
    const query = { action: 'task.edit', taskId, userId: ana.userId }
    const { body } = await call(team.owner, explainPermissions, { query })
    expect(body).toMatchObject({ allowed: true, isOwn: true, groupId })
    expect(body.text).toContain(`through the group Pilots ${count}`)
    await edit(team.owner, { assigneeIds: [ana.userId] })
    expect((await call(team.owner, explainPermissions, { query })).body.groupId).toBeUndefined()
  })
})
