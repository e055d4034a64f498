import { expect, test } from 'vitest'
import * as groups from '../../shared/api/routes/groups.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('a group is made and filled, gets a task, hands it on, and is deleted', async () => {
  const [team, mia, gil] = await Promise.all([newTeam(), newPerson('Mia'), newPerson('Gil')])
  const { owner, workspaceId } = team
  await team.admit(mia, 'member')
  await team.admit(gil, 'guest')
  const made = await owner.api.ok(groups.createGroup, {
    params: { workspaceId },
    body: { name: 'Night shift' },
  })
  const params = { workspaceId, groupId: made.body.id }
  const enter = (userId: string) =>
    owner.api.ok(groups.addGroupMember, { params: { ...params, userId }, body: {} })
  const again = { params: { workspaceId }, body: { name: 'night  SHIFT' } }
  await owner.api.refused('conflict', groups.createGroup, again)
  await mia.api.refused('forbidden', groups.createGroup, again)
  for (const { id } of [mia, gil]) await enter(id)

  const task = await team.addTask({ title: 'Lock the gate', assigneeGroupIds: [params.groupId] })
  const seen = { params: { workspaceId, taskId: task.id } }
  await mia.api.ok(tasks.editTask, { ...seen, body: { priority: 'high' } })
  await gil.api.ok(tasks.getTask, seen)
  await gil.api.refused('not-found', groups.getGroup, { params })
  const named = await gil.api.ok(groups.listTaskGroups, seen)
  expect(named.body.items).toEqual([{ id: params.groupId, name: 'Night shift' }])
  await soon(async () => {
    const mine = { params: { workspaceId, userId: '@me' as const } }
    const { items } = (await mia.api.ok(tasks.listAssignedTasks, mine)).body
    expect(items.map(({ id }) => id)).toEqual([task.id])
  })

  const handed = await mia.api.ok(tasks.delegateTask, { ...seen, body: { to: gil.id, note: 'Keys' } })
  expect([handed.body.assigneeIds, handed.body.assigneeGroupIds]).toEqual([[gil.id], []])
  await mia.api.refused('forbidden', tasks.editTask, { ...seen, body: { priority: 'low' } })
  await owner.api.ok(groups.deleteGroup, { params })
  await owner.api.refused('not-found', groups.getGroup, { params })
  await owner.api.ok(groups.createGroup, { params: { workspaceId }, body: { name: 'Night shift' } })
})
