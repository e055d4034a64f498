import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Comment } from '../../../../shared/domain/comments/comment.ts'
import { commentEvents } from '../../../../shared/domain/comments/events.ts'
import { idOf, minutes, userOf } from '../support/builders.ts'
import { aComment } from '../support/comments.ts'

const later = (changes: Partial<Comment>): Comment =>
  aComment({ version: 2, updatedAt: minutes(1), updatedBy: userOf('ben'), through: 'token', ...changes })

const told = (before: Comment | undefined, after: Comment | undefined) =>
  commentEvents({ ...(before && { before }), ...(after && { after }) })

const digest = (text: string) => ({
  digest: createHash('sha256').update(`salt\n${text}`).digest('base64url'),
  length: [...text].length,
})

describe('what the history tells of a comment', () => {
  test('is who wrote it, by what door, and no word of the text', () => {
    const [event, ...others] = told(undefined, aComment({ body: 'secret 🙈' }))
    expect(others).toEqual([])
    expect(event).toMatchObject({
      type: 'comment.created',
      taskId: aComment().taskId,
      commentId: aComment().id,
      by: userOf('ana'),
      through: 'web',
      changes: [{ field: 'body', from: null, to: digest('secret 🙈') }],
    })
    expect(event?.changes[0]?.to).toMatchObject({ length: 8 })
    expect(JSON.stringify(event)).not.toContain('secret')
  })

  test('is what a reply answers to', () => {
    const replyTo = idOf('comment', 'top')
    expect(told(undefined, aComment({ replyTo }))[0]?.changes).toContainEqual({
      field: 'replyTo',
      from: null,
      to: replyTo,
    })
  })

  test('is another text by both digests, and no text once it is deleted', () => {
    const edited = later({ body: 'other', bodyVersion: 2, editedAt: minutes(1) })
    expect(told(aComment(), edited)).toMatchObject([
      {
        type: 'comment.edited',
        by: userOf('ben'),
        through: 'token',
        at: minutes(1),
        changes: [{ field: 'body', from: digest('Looks **good**'), to: digest('other') }],
      },
    ])
    const gone = later({ body: '', salt: '', deletedAt: minutes(1), reactions: [], version: 3 })
    expect(told({ ...edited, reactions: [{ emoji: '👍', userIds: [userOf('ben')] }] }, gone)).toMatchObject([
      { type: 'comment.deleted', changes: [{ field: 'body', from: digest('other'), to: null }] },
    ])
  })

  test.each([
    ['comment.resolved', {}, { resolvedAt: minutes(1) }, ['resolvedAt', null, minutes(1)]],
    ['comment.reopened', { resolvedAt: minutes(0) }, {}, ['resolvedAt', minutes(0), null]],
    [
      'comment.reacted',
      {},
      { reactions: [{ emoji: '👍', userIds: [userOf('ben')] }] },
      ['reactions/👍', null, userOf('ben')],
    ],
    [
      'comment.reacted',
      { reactions: [{ emoji: '👍', userIds: [userOf('ana'), userOf('ben')] }] },
      { reactions: [{ emoji: '👍', userIds: [userOf('ana')] }] },
      ['reactions/👍', userOf('ben'), null],
    ],
  ] as const)('is %s, from what to what', (type, before, after, [field, from, to]) => {
    expect(told(aComment(before), later(after))).toMatchObject([{ type, changes: [{ field, from, to }] }])
  })

  test.each([
    ['a reply more', aComment(), later({ replies: 1 })],
    ['the end of its task', aComment(), undefined],
    [
      'a reply less once it is deleted',
      later({ deletedAt: minutes(1), replies: 1 }),
      later({ deletedAt: minutes(1) }),
    ],
  ])('is nothing of %s', (_what, before, after) => {
    expect(told(before, after)).toEqual([])
  })

  test('has the same id however often the record comes, and no other event has it', () => {
    const reacted = later({ reactions: [{ emoji: '👍', userIds: [userOf('ben')] }] })
    const again = later({ version: 3 })
    const events = [...told(undefined, aComment()), ...told(aComment(), reacted), ...told(reacted, again)]
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
    expect(told(aComment(), reacted)).toEqual(told(aComment(), reacted))
  })
})
