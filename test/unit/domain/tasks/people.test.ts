import { describe, expect, test } from 'vitest'
import { checkPeople, peopleIn } from '../../../../shared/domain/tasks/people.ts'
import { aMember, aTask, userOf, workspaceId } from '../support/builders.ts'

const [ana, ben, cleo] = [userOf('ana'), userOf('ben'), userOf('cleo')]

/** Workspaces in which these are members; every question is noted. */
const workspacesOf = (...present: string[]) => {
  const asked: [string, string][] = []
  const member = async (workspace: string, userId: string) => {
    asked.push([workspace, userId])
    return present.includes(userId) ? aMember({ userId }) : undefined
  }
  return { asked, member }
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
    const body = { assigneeIds: [ana, ben], watcherIds: [ben, ana, cleo] }
    const members = await peopleIn(body, workspaceId, workspaces)
    expect(workspaces.asked.sort()).toEqual([ana, ben, cleo].sort().map((id) => [workspaceId, id]))
    expect([members.get(ana)?.userId, members.get(ben), members.get(cleo)]).toEqual([
      ana,
      undefined,
      undefined,
    ])
  })

  test('of a body that names nobody is nobody', async () => {
    const workspaces = workspacesOf()
    expect((await peopleIn({}, workspaceId, workspaces)).size).toBe(0)
    expect(workspaces.asked).toEqual([])
  })
})

describe('people of a task', () => {
  const check = async (
    body: { assigneeIds?: string[]; watcherIds?: string[] },
    task?: ReturnType<typeof aTask>,
  ) => {
    const members = await peopleIn(body, workspaceId, workspacesOf(ana))
    checkPeople(body, members, task)
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

  test('who have left do not come from watching to being assigned', async () => {
    const task = aTask({ watcherIds: [ben] })
    await expect(check({ assigneeIds: [ben] }, task)).rejects.toMatchObject({
      errors: [{ pointer: '/assigneeIds/0' }],
    })
  })

  test('nobody knows of whom nobody asked: an unread name is a stranger', () => {
    expect(refusalOf(() => checkPeople({ assigneeIds: [ana] }, new Map()))).toMatchObject({
      errors: [{ pointer: '/assigneeIds/0' }],
    })
  })
})
