import { expect, test } from 'vitest'
import * as boards from '../../shared/api/routes/boards.ts'
import { createProject, getProject } from '../../shared/api/routes/projects.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const startTeam = async () => {
  const team = await newTeam()
  const { workspaceId, owner } = team
  const addProject = async (key: string) =>
    (await owner.api.ok(createProject, { params: { workspaceId }, body: { name: key, key } })).body
  return { ...team, api: owner.api, addProject }
}

test('a move with everything below it: paths, roll-up and refusal of a circle', async () => {
  const { api, workspaceId, addTask } = await startTeam()
  const house = await addTask({ title: 'House' })
  const roof = await addTask({ title: 'Roof', estimateMinutes: 60 })
  const tiles = await addTask({ title: 'Tiles', parentId: roof.id, estimateMinutes: 30 })
  const moved = await api.ok(structure.setTaskParent, {
    params: { workspaceId, taskId: roof.id },
    body: { parentId: house.id },
  })
  expect(moved.body).toMatchObject({ parentId: house.id, ancestorIds: [house.id] })
  await api.refused('invalid-request', structure.setTaskParent, {
    params: { workspaceId, taskId: house.id },
    body: { parentId: roof.id },
  })
  await api.ok(tasks.completeTask, { params: { workspaceId, taskId: tiles.id }, body: {} })
  await soon(async () => {
    const { body } = await api.ok(structure.listSubtasks, { params: { workspaceId, taskId: house.id } })
    expect(body.items.map(({ title }) => title)).toEqual(['Roof'])
    expect(body.rollup).toEqual({ subtasks: 2, done: 1, progress: 0.5, estimateMinutes: 90, spentMinutes: 0 })
    const read = await api.ok(tasks.getTask, { params: { workspaceId, taskId: tiles.id } })
    expect(read.body.ancestorIds).toEqual([house.id, roof.id])
  })
})

test('tasks wait for one another, never in a circle, and show it at both ends', async () => {
  const { api, workspaceId, addTask } = await startTeam()
  const [dig, pour] = [await addTask({ title: 'Dig' }), await addTask({ title: 'Pour' })]
  const between = (taskId: string, otherTaskId: string) => ({ workspaceId, taskId, otherTaskId })
  await api.ok(structure.linkTask, { params: between(dig.id, pour.id), body: { kind: 'blocks' } })
  const { body } = await api.ok(tasks.getTask, { params: { workspaceId, taskId: pour.id } })
  expect(body.links).toEqual([{ taskId: dig.id, kind: 'blockedBy' }])
  const build = await addTask({ title: 'Build' })
  await api.ok(structure.linkTask, { params: between(pour.id, build.id), body: { kind: 'blocks' } })
  await api.refused('invalid-request', structure.linkTask, {
    params: between(build.id, dig.id),
    body: { kind: 'blocks' },
  })
  const { body: free } = await api.ok(structure.unlinkTask, { params: between(pour.id, dig.id) })
  expect(free.links).toEqual([{ taskId: build.id, kind: 'blocks' }])
})

test('cards are dragged: between two others, and into a column that completes them', async () => {
  const { api, workspaceId, projectId, addTask } = await startTeam()
  const cards = []
  for (const title of ['One', 'Two', 'Three']) cards.push(await addTask({ title }))
  const [one, two, three] = cards.map(({ id }) => id)
  const drag = (taskId: string | undefined, body: object) =>
    api.ok(boards.positionTask, {
      params: { workspaceId, taskId: String(taskId) },
      body: { projectId, after: null, before: null, ...body },
    })
  await drag(three, { after: one, before: two })
  await soon(async () => {
    const query = { sort: 'rank', direction: 'asc' }
    const { body } = await api.ok(tasks.listProjectTasks, { params: { workspaceId, projectId }, query })
    expect(body.items.map(({ title }) => title)).toEqual(['One', 'Three', 'Two'])
  })
  const { body: project } = await api.ok(getProject, { params: { workspaceId, projectId } })
  const column = project.columns.find(({ status }) => status === 'done')
  const { body: dropped } = await drag(two, { columnId: column?.id })
  expect([dropped.status, dropped.columns]).toEqual(['done', { [projectId]: column?.id }])
  await api.refused('invalid-request', boards.positionTask, {
    params: { workspaceId, taskId: String(one) },
    body: { projectId, after: two, before: three },
  })
})

test('a task moves to another project and is found by both its human ids; in a further one it is a guest', async () => {
  const { api, workspaceId, projectId, addTask, addProject } = await startTeam()
  const task = await addTask({ title: 'Wanderer' })
  const [next, further] = [await addProject('NEXT'), await addProject('MORE')]
  const params = { workspaceId, taskId: task.id }
  const moved = await api.ok(boards.moveTask, { params, body: { projectId: next.id } })
  expect(moved.body).toMatchObject({ key: 'NEXT-1', projectId: next.id })
  const added = await api.ok(boards.addTaskProject, {
    params: { ...params, projectId: further.id },
    body: {},
  })
  expect(added.body.projectIds).toEqual([next.id, further.id])
  await soon(async () => {
    for (const key of ['OPS-1', 'NEXT-1']) {
      const found = await api.ok(tasks.findTask, { params: { workspaceId, key } })
      expect(found.body.id).toBe(task.id)
    }
    for (const [id, titles] of [
      [projectId, []],
      [next.id, ['Wanderer']],
      [further.id, ['Wanderer']],
    ] as const) {
      const { body } = await api.ok(tasks.listProjectTasks, { params: { workspaceId, projectId: id } })
      expect(body.items.map(({ title }) => title)).toEqual(titles)
    }
  })
  await api.refused('conflict', boards.removeTaskProject, { params: { ...params, projectId: next.id } })
})
