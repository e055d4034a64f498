import { afterAll, beforeAll, expect, test } from 'vitest'
import * as groups from '../../../shared/api/routes/groups.ts'
import { archiveTask } from '../../../shared/api/routes/life.ts'
import { listReminders } from '../../../shared/api/routes/reminders.ts'
import { shareTask, unshareTask } from '../../../shared/api/routes/shares.ts'
import { deleteTask, editTask } from '../../../shared/api/routes/tasks.ts'
import type { Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam

beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const list = async (who: Someone, query: Record<string, string> = {}) => {
  await team.app.drain()
  const { status, body } = await team.app.call(who, listReminders, {
    params: { workspaceId: team.workspaceId },
    query,
  })
  expect([status, body.complete]).toEqual([200, true])
  return body
}
const kinds = async (who: Someone): Promise<string[]> =>
  (await list(who)).items.map(({ kind }: { kind: string }) => kind)

const due = (day: string) => ({ date: `2031-05-${day}`, zone: 'UTC' })
const edit = (who: Someone, taskId: string, body: object) =>
  team.app.call(who, editTask, { params: { workspaceId: team.workspaceId, taskId }, body })

test('what is scheduled is listed soonest first, page by page, and each once', async () => {
  const ana = await team.colleague('member')
  const later = await team.addTask({ due: due('10'), assigneeIds: [ana.userId] })
  const reminders = [{ relativeTo: 'due', minutesBefore: 60 }]
  const sooner = await team.addTask({ due: due('01'), assigneeIds: [ana.userId], reminders })
  const all = (await list(ana)).items
  expect(
    all.map(({ task, kind, at }: { task: { id: string }; kind: string; at: string }) => [at, kind, task.id]),
  ).toEqual([
    ['2031-04-30T09:00:00.000Z', 'dueSoon', sooner],
    ['2031-05-01T08:00:00.000Z', 'reminder', sooner],
    ['2031-05-01T09:00:00.000Z', 'due', sooner],
    ['2031-05-02T09:00:00.000Z', 'overdue', sooner],
    ['2031-05-09T09:00:00.000Z', 'dueSoon', later],
    ['2031-05-10T09:00:00.000Z', 'due', later],
    ['2031-05-11T09:00:00.000Z', 'overdue', later],
  ])
  const paged = []
  for (let query: Record<string, string> | undefined = { limit: '3' }; query !== undefined; ) {
    const { items, next } = await list(ana, query)
    paged.push(...items)
    const cursor: string | null =
      next === undefined ? null : new URL(next, 'http://localhost').searchParams.get('cursor')
    query = cursor === null ? undefined : { limit: '3', cursor }
  }
  expect(paged).toEqual(all)
})

test('it follows whoever is assigned, by name or through a group, and the creator while nobody is', async () => {
  const { owner, app, workspaceId } = team
  const [ana, ben] = [await team.colleague('member'), await team.colleague('guest')]
  const { body: group } = await app.call(owner, groups.createGroup, {
    params: { workspaceId },
    body: { name: 'Night shift' },
  })
  const place = { params: { workspaceId, groupId: group.id, userId: ben.userId } }
  await app.call(owner, groups.addGroupMember, { ...place, body: {} })
  const before = (await kinds(owner)).length
  const taskId = await team.addTask({ due: due('01') })
  expect(await kinds(owner)).toHaveLength(before + 3)
  await edit(owner, taskId, { assigneeIds: [ana.userId], assigneeGroupIds: [group.id] })
  expect(await kinds(owner)).toHaveLength(before)
  for (const who of [ana, ben]) expect(await kinds(who)).toEqual(['dueSoon', 'due', 'overdue'])
  await app.call(owner, groups.removeGroupMember, place)
  expect(await kinds(ben)).toEqual([])
  await edit(owner, taskId, { assigneeIds: [], assigneeGroupIds: [] })
  expect(await kinds(ana)).toEqual([])
})

test('a reminder of one’s own stays on a task of others, for as long as one may read it', async () => {
  const { owner, app, workspaceId } = team
  const guest = await team.colleague('guest')
  const taskId = await team.addTask({ due: due('01'), assigneeIds: [owner.userId] })
  const share = { params: { workspaceId, taskId, userId: guest.userId } }
  await app.call(owner, shareTask, { ...share, body: { level: 'edit' } })
  const mine = { relativeTo: 'due', minutesBefore: 5, for: 'me' }
  expect((await edit(guest, taskId, { reminders: [mine] })).status).toBe(200)
  expect(await kinds(guest)).toEqual(['reminder'])
  await app.call(owner, unshareTask, share)
  expect(await kinds(guest)).toEqual([])
})

test('what is done, archived or in the trash has nothing to say', async () => {
  const { owner, app, workspaceId } = team
  const ana = await team.colleague('member')
  const [done, archived, trashed] = [
    await team.addTask({ due: due('01'), assigneeIds: [ana.userId] }),
    await team.addTask({ due: due('02'), assigneeIds: [ana.userId] }),
    await team.addTask({ due: due('03'), assigneeIds: [ana.userId] }),
  ]
  expect(await kinds(ana)).toHaveLength(9)
  await edit(owner, done, { status: 'done' })
  expect(await kinds(ana)).toHaveLength(6)
  await app.call(owner, archiveTask, { params: { workspaceId, taskId: archived }, body: {} })
  expect(await kinds(ana)).toHaveLength(3)
  await app.call(owner, deleteTask, { params: { workspaceId, taskId: trashed } })
  expect(await kinds(ana)).toEqual([])
  await edit(owner, done, { status: 'open' })
  expect(await kinds(ana)).toHaveLength(3)
})
