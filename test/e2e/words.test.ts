import { expect, test } from 'vitest'
import { quickAdd } from '../../shared/api/routes/quickAdd.ts'
import { listOccurrences, previewRecurrence } from '../../shared/api/routes/recurrence.ts'
import { listSubtasks } from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('lines of text become tasks and subtasks, and what they say of time recurs', async () => {
  const { owner, workspaceId, projectId } = await newTeam()
  const { api } = owner
  const text = 'Water the plants every monday 9am !low @me #garden\n  Fill the can\n  Open the window'
  const { body } = await api.ok(quickAdd, { params: { workspaceId, projectId }, body: { text } })
  expect(body.created).toHaveLength(3)
  const params = { workspaceId, taskId: body.created[0]?.id ?? '' }
  const task = (await api.ok(tasks.getTask, { params })).body
  expect(task).toMatchObject({ title: 'Water the plants', priority: 'low', assigneeIds: [owner.id] })
  await soon(async () => {
    const below = await api.ok(listSubtasks, { params, query: { sort: 'rank' } })
    expect(below.body.items.map(({ title }) => title)).toEqual(['Fill the can', 'Open the window'])
    expect(below.body.rollup).toMatchObject({ subtasks: 2, done: 0, progress: 0 })
  })

  const next = (await api.ok(listOccurrences, { params })).body
  expect(next.text).toBe('every Monday')
  expect(next.occurrences).toHaveLength(5)

  const done = (await api.ok(tasks.completeTask, { params, body: {} })).body
  const again = (await api.ok(tasks.completeTask, { params, body: {} })).body
  expect(again.successorId).toBe(done.successorId)
  await soon(async () => {
    const successor = await api.ok(tasks.getTask, {
      params: { workspaceId, taskId: done.successorId ?? '' },
    })
    expect(successor.body).toMatchObject({
      title: 'Water the plants',
      status: 'open',
      due: next.occurrences[0],
    })
  })
})

test('a line that names somebody who is not there makes nothing', async () => {
  const { owner, workspaceId, projectId } = await newTeam()
  const { status, body } = await owner.api.send(quickAdd, {
    params: { workspaceId, projectId },
    body: { text: 'Call @nobody' },
  })
  expect(status).toBe(400)
  expect(body).toMatchObject({ spans: [{ start: 5, end: 12 }] })
  const list = await owner.api.ok(tasks.listProjectTasks, { params: { workspaceId, projectId } })
  expect(list.body.items).toEqual([])
})

test('a rule is shown in words and dates before a task has it', async () => {
  const { owner, workspaceId } = await newTeam()
  const due = { dateTime: '2030-03-30T02:30', zone: 'Europe/Madrid' }
  const { body } = await owner.api.ok(previewRecurrence, {
    params: { workspaceId },
    body: { recurrence: { rule: 'FREQ=DAILY' }, due },
  })
  expect(body.text).toBe('every day')
  // The wall time stays, also on the night that skips it.
  expect(body.occurrences.map((one) => 'dateTime' in one && one.dateTime)).toEqual(
    [31, 1, 2, 3, 4].map((day) => `2030-0${day === 31 ? 3 : 4}-${String(day).padStart(2, '0')}T02:30`),
  )
  const said = await owner.api.ok(previewRecurrence, {
    params: { workspaceId },
    body: { phrase: 'every other friday', due: { date: '2030-03-01' } },
  })
  expect(said.body.recurrence.rule).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=FR')
  const never = await owner.api.send(previewRecurrence, {
    params: { workspaceId },
    body: { recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', monthEnd: 'skip' }, due },
  })
  expect(never.status).toBe(400)
})
