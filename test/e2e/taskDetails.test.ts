import { expect, test } from 'vitest'
import {
  addChecklistItem,
  deleteChecklistItem,
  editChecklistItem,
} from '../../shared/api/routes/checklists.ts'
import { createCustomField } from '../../shared/api/routes/customFields.ts'
import { editProject, getProject } from '../../shared/api/routes/projects.ts'
import {
  deleteTask,
  editTask,
  getTask,
  listProjectTasks,
  listTaskHistory,
} from '../../shared/api/routes/tasks.ts'
import * as time from '../../shared/api/routes/time.ts'
import { addWatcher, removeWatcher } from '../../shared/api/routes/watchers.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('a checklist is worked through, in its order, and the history tells each item', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const { id: taskId } = await team.addTask({
    title: 'Move',
    checklist: [{ text: 'Pack' }, { text: 'Load' }],
  })
  const params = { workspaceId: team.workspaceId, taskId }
  const added = await api.ok(addChecklistItem, { params, body: { text: 'Rent a van', after: null } })
  expect(added.headers.get('etag')).toBe('"2"')
  expect(added.body.checklist.map(({ text }) => text)).toEqual(['Rent a van', 'Pack', 'Load'])
  const [van, pack, load] = added.body.checklist.map(({ id }) => id)
  const item = (itemId = '') => ({ params: { ...params, itemId } })
  const ticked = await api.ok(editChecklistItem, { ...item(pack), body: { done: true, after: load } })
  expect(ticked.body.checklist.map(({ text, done }) => [text, done])).toEqual([
    ['Rent a van', false],
    ['Load', false],
    ['Pack', true],
  ])
  await api.ok(deleteChecklistItem, item(van))
  await api.refused('not-found', deleteChecklistItem, item(van))
  await soon(async () => {
    const { items } = (await api.ok(listTaskHistory, { params })).body
    expect(items.map(({ changes }) => changes.map(({ field }) => field)).slice(0, 3)).toEqual([
      [`checklist/${van}`],
      [`checklist/${pack}`],
      [`checklist/${van}`],
    ])
    expect(items[0]?.changes[0]).toMatchObject({ from: { text: 'Rent a van', done: false }, to: null })
  })
})

test('one timer runs for a person; deleting its task ends it', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const [one, two] = [await team.addTask({ title: 'One' }), await team.addTask({ title: 'Two' })]
  const on = (taskId: string) => ({ params: { workspaceId: team.workspaceId, taskId } })
  const mine = { params: { workspaceId: team.workspaceId, userId: '@me' } }
  const started = await api.ok(time.startTimer, { ...on(one.id), body: { note: 'Calling' } })
  expect((await api.ok(time.getTimer, mine)).body.timer).toEqual({
    taskId: one.id,
    timeEntryId: started.body.id,
  })
  const refusal = await api.refused('conflict', time.startTimer, { ...on(two.id), body: {} })
  expect(refusal).toMatchObject({ taskId: one.id, timeEntryId: started.body.id })
  const stopped = await api.ok(time.stopTimer, { ...on(one.id), body: {} })
  expect(stopped.body).toMatchObject({ id: started.body.id, note: 'Calling', minutes: 1 })
  await api.ok(time.addTimeEntry, { ...on(one.id), body: { minutes: 30 } })
  expect((await api.ok(getTask, on(one.id))).body.spentMinutes).toBe(31)

  await api.ok(time.startTimer, { ...on(one.id), body: {} })
  await api.ok(deleteTask, on(one.id))
  await soon(async () => expect((await api.ok(time.getTimer, mine)).body.timer).toBeNull())
  await api.ok(time.startTimer, { ...on(two.id), body: {} })
})

test('a guest works on what is assigned: logs time and watches, but edits nothing', async () => {
  const team = await newTeam()
  const guest = await newPerson('Gus Guest')
  await team.admit(guest, 'guest')
  const { id } = await team.addTask({ title: 'For Gus', assigneeIds: [guest.id], checklist: [{ text: 'a' }] })
  const params = { workspaceId: team.workspaceId, taskId: id }
  await guest.api.ok(time.addTimeEntry, { params, body: { minutes: 15, startedAt: '2026-11-20T08:00:00Z' } })
  await guest.api.refused('forbidden', time.addTimeEntry, {
    params,
    body: { minutes: 1, userId: team.owner.id },
  })
  await guest.api.refused('forbidden', addChecklistItem, { params, body: { text: 'b' } })
  const me = { params: { ...params, userId: '@me' } }
  expect((await guest.api.ok(addWatcher, { ...me, body: {} })).body.watcherIds).toEqual([guest.id])
  await guest.api.refused('forbidden', addWatcher, { params: { ...params, userId: team.owner.id }, body: {} })
  await guest.api.ok(removeWatcher, me)
})

test('a project declares fields and columns; tasks have values, and lists filter by them', async () => {
  const team = await newTeam()
  const { api } = team.owner
  const params = { workspaceId: team.workspaceId, projectId: team.projectId }
  const declared = await api.ok(createCustomField, {
    params,
    body: { name: 'Carrier', type: 'choice', options: ['Road', 'Rail, fast'] },
  })
  const [carrier] = declared.body.customFields.map(({ id }) => id)
  const { body: project } = await api.ok(getProject, { params })
  expect(project).toEqual(declared.body)
  const columns = [...project.columns, { name: 'Review', status: 'in_progress' }]
  const edited = await api.ok(editProject, { params, body: { columns } })
  expect(edited.body.columns.map(({ name }) => name).at(-1)).toBe('Review')

  const fast = await team.addTask({ title: 'Fast', customFields: { [String(carrier)]: 'Rail, fast' } })
  const slow = await team.addTask({ title: 'Slow' })
  const wrong = {
    params: { workspaceId: team.workspaceId, taskId: slow.id },
    body: { customFields: { [String(carrier)]: 'Sea' } },
  }
  const refusal = await api.refused('invalid-request', editTask, wrong)
  expect(refusal.errors).toEqual([
    { pointer: `/customFields/${carrier}`, detail: 'must be one of Road, Rail, fast' },
  ])
  const found = async (value: string) => {
    const query = { customField: `${carrier}:${value}` }
    return (await api.ok(listProjectTasks, { params, query })).body.items.map(({ id }) => id)
  }
  await soon(async () => {
    expect(await found('Rail, fast')).toEqual([fast.id])
    expect(await found('')).toEqual([slow.id])
  })
})
