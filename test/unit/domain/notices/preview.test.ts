import { expect, test } from 'vitest'
import { previewNotifications } from '../../../../shared/domain/notices/usePreview.ts'
import { aMember, anAsk, aPerson, aTask, idOf, projectId, userOf, workspaceId } from '../support/builders.ts'
import { factsOf } from '../support/pipelineFakes.ts'

const crew = Array.from({ length: 130 }, (_, n) => userOf(`crew${n}`))

test('a preview looks at a hundred people at most, and counts the others', async () => {
  let looked = 0
  const facts = factsOf({ people: [aPerson()], members: crew.map((userId) => aMember({ userId })) })
  const world = {
    ...facts,
    people: {
      person: async (id: string) => {
        looked++
        return aPerson({ id })
      },
    },
    groups: {
      places: async () => ({ items: crew.map((userId) => ({ userId }) as never), more: false }),
    },
  }
  const task = aTask({ assigneeIds: [], watcherIds: [] })
  const previewed = {
    ...{ task, ofActor: undefined, shows: [] },
    told: {
      notices: [],
      groupNotices: [
        {
          groupId: idOf('group', 'crew'),
          notice: {
            ...{ kind: 'assigned' as const, workspaceId, taskId: task.id, version: 2, at: task.updatedAt },
            by: userOf('ana'),
          },
          except: { userIds: [], groupIds: [] },
        },
      ],
    },
  }
  const ask = anAsk({ params: { workspaceId }, query: {}, body: { projectId } })
  const call = { ask, person: aPerson(), member: aMember() } as never
  const { body } = await previewNotifications.run(call, () => previewed, world as never)
  expect([body.people.length, body.others, looked]).toEqual([100, 30, 100])
})
