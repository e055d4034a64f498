import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import * as life from '../../shared/api/routes/life.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as templates from '../../shared/api/routes/templates.ts'
import type { LifeState } from '../../shared/api/schemas/task.ts'
import { newPerson, type Person } from '../support/e2e/people.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'

let team: Team
let member: Person
beforeAll(async () => {
  team = await newTeam()
  member = await newPerson('Mia Member')
  await team.admit(member, 'member')
})

const at = (taskId: string) => ({ params: { workspaceId: team.workspaceId, taskId } })
const get = async (taskId: string) => (await team.owner.api.ok(tasks.getTask, at(taskId))).body
const listed = async (state: LifeState) => {
  const params = { workspaceId: team.workspaceId, projectId: team.projectId }
  const { items } = (
    await team.owner.api.ok(tasks.listProjectTasks, { params, query: { state, limit: '100' } })
  ).body
  return items.map(({ id }) => id)
}
/** Subtasks once the list of them has come so far. */
const below = (taskId: string, count: number) =>
  soon(async () => {
    const { items } = (
      await team.owner.api.ok(structure.listSubtasks, { ...at(taskId), query: { sort: 'rank' } })
    ).body
    expect(items).toHaveLength(count)
    return items
  })

test('a task goes into the trash and comes back with what is below it, and is purged for good', async () => {
  const { api } = team.owner
  const top = await team.addTask({ title: 'Top' })
  const child = await team.addTask({ title: 'Child', parentId: top.id })
  await below(top.id, 1)
  await api.ok(tasks.deleteTask, at(top.id))
  await soon(async () => expect((await get(child.id)).trashedAt).not.toBeNull())
  expect((await get(top.id)).purgeAt).not.toBeNull()
  await soon(async () => expect(await listed('trashed')).toEqual(expect.arrayContaining([top.id, child.id])))
  const refused = await api.refused('conflict', life.restoreTask, { ...at(child.id), body: {} })
  expect(refused).toMatchObject({ taskId: top.id })
  await api.ok(life.restoreTask, { ...at(top.id), body: {} })
  await soon(async () => expect((await get(child.id)).trashedAt).toBeNull())
  expect(await get(child.id)).toMatchObject({ key: child.key, parentId: top.id })

  await api.refused('conflict', life.purgeTask, at(top.id))
  await api.ok(tasks.deleteTask, at(top.id))
  await soon(async () => expect((await get(child.id)).trashedAt).not.toBeNull())
  await member.api.refused('forbidden', life.purgeTask, at(top.id))
  await api.ok(life.purgeTask, at(top.id))
  for (const { id, key } of [top, child]) {
    await soon(() => api.refused('not-found', tasks.getTask, at(id)))
    await api.refused('not-found', life.restoreTask, { ...at(id), body: {} })
    const params = { workspaceId: team.workspaceId, key }
    await soon(() => api.refused('not-found', tasks.findTask, { params }))
  }
})

test('an archived task is out of the ordinary list until it is brought back', async () => {
  const { api } = team.owner
  const { id } = await team.addTask({ title: 'Old' })
  await api.ok(life.archiveTask, { ...at(id), body: {} })
  await soon(async () => {
    expect(await listed('archived')).toContain(id)
    expect(await listed('active')).not.toContain(id)
  })
  await api.ok(life.unarchiveTask, { ...at(id), body: {} })
  await soon(async () => expect(await listed('active')).toContain(id))
})

test('a change is undone and the undo undone; what others changed since is kept, or named', async () => {
  const { api } = team.owner
  const { id } = await team.addTask({ title: 'One' })
  await api.ok(tasks.editTask, { ...at(id), body: { title: 'Two' } })
  await api.ok(tasks.editTask, { ...at(id), body: { priority: 'high' } })
  const undo = (version: number) => api.ok(life.undoChange, { ...at(id), body: { version } })
  await soon(async () => expect((await undo(2)).body).toMatchObject({ title: 'One', priority: 'high' }))
  await soon(async () => expect((await undo(4)).body.title).toBe('Two'))
  const refused = await api.refused('conflict', life.undoChange, { ...at(id), body: { version: 2 } })
  expect(refused).toMatchObject({
    conflicts: [{ field: 'title', base: 'Two', mine: 'One', theirs: 'Two', version: 5 }],
  })
  await member.api.refused('forbidden', life.undoChange, { ...at(id), body: { version: 5 } })
})

test('a task is copied with its subtasks, once for one Idempotency-Key', async () => {
  const { api } = team.owner
  const top = await team.addTask({ title: 'Original', checklist: [{ text: 'Step' }] })
  await team.addTask({ title: 'First', parentId: top.id })
  await team.addTask({ title: 'Second', parentId: top.id })
  await below(top.id, 2)
  const request = { ...at(top.id), body: { title: 'Copy' }, headers: { 'idempotency-key': randomUUID() } }
  const copy = await api.ok(life.duplicateTask, request)
  expect(copy.body).toMatchObject({ title: 'Copy', checklist: [{ text: 'Step' }] })
  await soon(async () => expect((await api.ok(life.duplicateTask, request)).body).toEqual(copy.body))
  const copies = await below(copy.body.id, 2)
  expect(copies.map(({ title }) => title)).toEqual(['First', 'Second'])
})

test('a template made of a task makes its tasks again, on other days', async () => {
  const { api } = team.owner
  const { workspaceId, projectId } = team
  const top = await team.addTask({ title: 'Event', due: { date: '2027-02-28' } })
  await team.addTask({ title: 'Invite', parentId: top.id, due: { date: '2027-02-25' } })
  await below(top.id, 1)
  const made = await api.ok(templates.createTemplate, {
    params: { workspaceId },
    body: { name: 'Event', fromTaskId: top.id },
  })
  const params = { workspaceId, templateId: made.body.id }
  const listing = await member.api.ok(templates.listTemplates, { params: { workspaceId } })
  expect(listing.body.items).toMatchObject([{ id: made.body.id, count: 2, kind: 'task' }])
  const body = { projectId, startDate: '2028-02-26', titles: { 0: 'Party' } }
  const used = await member.api.ok(templates.applyTemplate, { params, body })
  expect(used.body.items).toMatchObject([
    { title: 'Party', due: { date: '2028-02-29' } },
    { title: 'Invite', due: { date: '2028-02-26' }, parentId: used.body.items[0]?.id },
  ])
  await member.api.refused('forbidden', templates.deleteTemplate, { params })
  await api.ok(templates.editTemplate, { params, body: { name: 'Parties' }, headers: { 'if-match': '"1"' } })
  await api.ok(templates.deleteTemplate, { params })
  await api.refused('not-found', templates.applyTemplate, { params, body })
})
