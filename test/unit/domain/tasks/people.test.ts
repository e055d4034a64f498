import { describe, expect, test } from 'vitest'
import { checkPeople, peopleIn } from '../../../../shared/domain/tasks/people.ts'
import { aGroup, aMember, aTask, idOf, userOf, workspaceId } from '../support/builders.ts'

const pilots = idOf('group', 'pilots')
const [ana, ben, cleo] = [userOf('ana'), userOf('ben'), userOf('cleo')]

/** Workspaces in which these are members and groups; every question is noted. */
const workspacesOf = (...present: string[]) => {
  const asked: [string, string][] = []
  const member = async (workspace: string, userId: string) => {
    asked.push([workspace, userId])
    return present.includes(userId) ? aMember({ userId }) : undefined
  }
  const group = async (workspace: string, id: string) => {
    asked.push([workspace, id])
    return present.includes(id) ? aGroup({ id }) : undefined
  }
  return { asked, member, group }
}
const refusalOf = (run: () => void): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('was taken')
}

describe('everybody whom a body names', () => {
  test('is asked for once, in this workspace', async () => {
    const workspaces = workspacesOf(ana)
    const body = { assigneeIds: [ana, ben], watcherIds: [ben, ana, cleo], assigneeGroupIds: [pilots] }
    const members = await peopleIn(body, workspaceId, workspaces)
    expect(workspaces.asked.sort()).toEqual([ana, ben, cleo, pilots].sort().map((id) => [workspaceId, id]))
    expect([ana, ben, cleo].map((id) => members.get(id) !== undefined)).toEqual([true, false, false])
  })

  test('of a body that names nobody is nobody', async () => {
    const workspaces = workspacesOf()
    expect((await peopleIn({}, workspaceId, workspaces)).size).toBe(0)
    expect(workspaces.asked).toEqual([])
  })
})

describe('people of a task', () => {
  const check = async (
    body: { assigneeIds?: string[]; watcherIds?: string[]; assigneeGroupIds?: string[] },
    task?: ReturnType<typeof aTask>,
    caller = aMember(),
  ) => {
    const members = await peopleIn(body, workspaceId, workspacesOf(ana, pilots))
    checkPeople(body, members, caller, task)
  }

  test.each(['assigneeIds', 'watcherIds'] as const)(
    '%s must be members; the one who is not is named',
    async (field) => {
      await expect(check({ [field]: [ana] })).resolves.toBeUndefined()
      await expect(check({ [field]: [ana, ben, cleo] })).rejects.toMatchObject({
        code: 'invalid-request',
        errors: [{ pointer: `/${field}/1`, detail: 'must be a member of this workspace' }],
      })
    },
  )

  test.each(['assigneeIds', 'watcherIds'] as const)(
    '%s who have left may stay in the task',
    async (field) => {
      const task = aTask({ [field]: [ben] })
      await expect(check({ [field]: [ana, ben] }, task)).resolves.toBeUndefined()
      await expect(check({ [field]: [ben, cleo] }, task)).rejects.toMatchObject({
        errors: [{ pointer: `/${field}/1` }],
      })
    },
  )

  test('groups must be of the workspace, unless the task has them already', async () => {
    const gone = idOf('group', 'gone')
    await expect(check({ assigneeGroupIds: [pilots] })).resolves.toBeUndefined()
    await expect(check({ assigneeGroupIds: [pilots, gone] })).rejects.toMatchObject({
      errors: [{ pointer: '/assigneeGroupIds/1', detail: 'must be a group of this workspace' }],
    })
    const task = aTask({ assigneeGroupIds: [gone] })
    await expect(check({ assigneeGroupIds: [gone] }, task)).resolves.toBeUndefined()
  })

  test('groups are not there for a guest, but for those that the task shows', async () => {
    const guest = aMember({ role: 'guest' })
    await expect(check({ assigneeGroupIds: [pilots] }, undefined, guest)).rejects.toMatchObject({
      errors: [{ pointer: '/assigneeGroupIds/0', detail: 'must be a group of this workspace' }],
    })
    const task = aTask({ assigneeGroupIds: [pilots] })
    await expect(check({ assigneeGroupIds: [pilots] }, task, guest)).resolves.toBeUndefined()
  })

  test('who have left do not come from watching to being assigned', async () => {
    const task = aTask({ watcherIds: [ben] })
    await expect(check({ assigneeIds: [ben] }, task)).rejects.toMatchObject({
      errors: [{ pointer: '/assigneeIds/0' }],
    })
  })

  test('nobody knows of whom nobody asked: an unread name is a stranger', () => {
    expect(refusalOf(() => checkPeople({ assigneeIds: [ana] }, new Map(), aMember()))).toMatchObject({
      errors: [{ pointer: '/assigneeIds/0' }],
    })
  })
})
