import { expect, test } from 'vitest'
import * as comments from '../../shared/api/routes/comments.ts'
import { listTaskHistory } from '../../shared/api/routes/tasks.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('a comment is written, answered, edited, reacted to, resolved and deleted, and the history tells it', async () => {
  const [team, mia, gus] = await Promise.all([newTeam(), newPerson('Mia'), newPerson('Gus')])
  const { owner, workspaceId } = team
  await Promise.all([team.admit(mia, 'member'), team.admit(gus, 'guest')])
  const task = await team.addTask({ title: 'Paint the hull' })
  const params = { workspaceId, taskId: task.id }
  const text = `Which red, @[Mia](${mia.id}) and @[Gus](${gus.id})?`
  const first = await owner.api.ok(comments.createComment, { params, body: { body: text } })
  // Gus may not read the task: what names him is text.
  expect(first.body).toMatchObject({ body: text, mentions: { userIds: [mia.id], groupIds: [] } })
  const one = { ...params, commentId: first.body.id }
  const answer = { body: 'The old one', replyTo: first.body.id }
  const reply = await mia.api.ok(comments.createComment, { params, body: answer })
  await gus.api.refused('not-found', comments.getComment, { params: one })
  await soon(async () => {
    const { items } = (await mia.api.ok(comments.listComments, { params })).body
    expect(items.map(({ id }) => id)).toEqual([reply.body.id, first.body.id])
  })

  await mia.api.refused('forbidden', comments.editComment, { params: one, body: { body: 'Blue' } })
  await owner.api.ok(comments.editComment, { params: one, body: { body: 'Which red?' } })
  await mia.api.ok(comments.addReaction, { params: { ...one, emoji: '👍' } })
  await mia.api.ok(comments.resolveComment, { params: one, body: {} })
  const seen = await owner.api.ok(comments.getComment, { params: one })
  expect(seen.body).toMatchObject({
    body: 'Which red?',
    mentions: { userIds: [], groupIds: [] },
    reactions: [{ emoji: '👍', userIds: [mia.id] }],
    replies: 1,
    resolvedBy: mia.id,
  })
  await mia.api.ok(comments.removeReaction, { params: { ...one, emoji: '👍' } })
  await mia.api.ok(comments.reopenComment, { params: one, body: {} })
  await owner.api.ok(comments.deleteComment, { params: one })
  const left = await mia.api.ok(comments.getComment, { params: one })
  expect(left.body).toMatchObject({ body: '', replies: 1, reactions: [], resolvedAt: null })
  expect(left.body.deletedAt).not.toBeNull()

  await soon(async () => {
    const { items } = (await mia.api.ok(listTaskHistory, { params })).body
    const told = items.map(({ type, by }) => `${type} ${by === mia.id ? 'Mia' : 'Olga'}`)
    expect(told).toEqual([
      'comment.deleted Olga',
      'comment.reopened Mia',
      'comment.reacted Mia',
      'comment.resolved Mia',
      'comment.reacted Mia',
      'comment.edited Olga',
      'comment.created Mia',
      'comment.created Olga',
      'task.created Olga',
    ])
    // What was deleted stands nowhere.
    expect(JSON.stringify(items)).not.toContain('Which red')
  })
})
