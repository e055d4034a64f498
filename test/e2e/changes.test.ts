import { expect, test } from 'vitest'
import { listChanges } from '../../shared/api/routes/changes.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import type { LiveEvent } from '../../shared/api/schemas/changes.ts'
import { newPerson, type Person } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('changes are told on from a number, gapless, to each member as far as they may see them', async () => {
  const [team, gus] = await Promise.all([newTeam(), newPerson('Gus')])
  const { workspaceId, owner } = team
  await team.admit(gus, 'guest')
  const changes = async (person: Person, query: Record<string, string>) =>
    (await person.api.ok(listChanges, { params: { workspaceId }, query })).body
  const head = async () => (await changes(owner, {})).upTo
  // The admission is the last thing that happened: two items of one write, numbered in either order.
  const since = await soon(async () => {
    const upTo = await head()
    const { events } = await changes(owner, { since: String(upTo - 2) })
    const types = events.map(({ type }) => type).sort()
    expect(types).toEqual(['invitation.accepted', 'member.joined'])
    return upTo
  })

  const task = await team.addTask({ title: 'Watch the tide', assigneeIds: [gus.id] })
  const edit = (body: Record<string, unknown>) =>
    owner.api.ok(tasks.editTask, { params: { workspaceId, taskId: task.id }, body })
  const told = async (person: Person, upTo: number): Promise<readonly LiveEvent[]> => {
    const answer = await changes(person, { since: String(since) })
    expect(answer).toMatchObject({ since, upTo, more: false })
    return answer.events
  }
  const created = { type: 'task.created', sequence: since + 1, taskId: task.id, by: owner.id, through: 'web' }
  await soon(async () => expect(await told(gus, since + 1)).toMatchObject([created]))

  await edit({ priority: 'high' })
  await edit({ assigneeIds: [] })
  await soon(async () =>
    expect(await told(owner, since + 3)).toMatchObject([
      created,
      { type: 'task.changed', sequence: since + 2, changes: [{ field: 'priority', to: 'high' }] },
      { type: 'task.changed', sequence: since + 3, changes: [{ field: 'assigneeIds' }] },
    ]),
  )
  // The task is no longer theirs to see: no more than that is told of it.
  const hidden = { type: 'task.hidden', sequence: since + 3, taskId: task.id }
  expect((await told(gus, since + 3)).at(-1)).toEqual(hidden)
  const first = await changes(owner, { since: String(since), limit: '1' })
  expect(first).toMatchObject({ upTo: since + 1, more: true, events: [created] })
  const beyond = { params: { workspaceId }, query: { since: String(since + 100) } }
  await owner.api.refused('invalid-request', listChanges, beyond)
})
