import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { noticesOfComment } from '../../../../shared/domain/comments/notices.ts'
import { toPeople } from '../../../../shared/domain/notices/groupNotices.ts'
import { noticeIdOf } from '../../../../shared/domain/notices/identity.ts'
import { strongest } from '../../../../shared/domain/notices/strongest.ts'
import { verdictOn } from '../../../../shared/domain/notices/verdict.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import {
  aMember,
  aPerson,
  aTask,
  aWorkspace,
  idOf,
  minutes,
  userOf,
  workspaceId,
} from '../support/builders.ts'
import { aComment } from '../support/comments.ts'
import { factsOf, type Known } from '../support/pipelineFakes.ts'

const [ana, ben, cy, dee, eve] = ['ana', 'ben', 'cy', 'dee', 'eve'].map(userOf) as [string, ...string[]] &
  string[]
const pilots = idOf('group', 'pilots')
const crew = idOf('group', 'crew')
const inGroups: Record<string, string[]> = {
  [pilots]: [cy as string, dee as string],
  [crew]: [dee as string, ana],
}
const groups = {
  places: async (_: string, groupId: string) => ({
    items: (inGroups[groupId] ?? []).map((userId) => ({ workspaceId, groupId, userId }) as never),
    more: false,
  }),
}

const toldBy = async ({ notices, groupNotices }: ReturnType<typeof noticesOfComment>) => {
  const all = strongest([...notices, ...(await toPeople(groupNotices, groups))])
  const told = all.map((message) => [message.kind, 'userId' in message && message.userId])
  expect(new Set(all.map(noticeIdOf)).size).toBe(all.length)
  return new Map(told.map(([kind, userId]) => [userId, kind]))
}

const task = aTask({
  createdBy: eve as string,
  assigneeIds: [ben as string],
  watcherIds: [ana],
  assigneeGroupIds: [],
})

describe('a new comment tells', () => {
  test('creator, assignees and watchers, and whom it answers; never its author', async () => {
    const thread = aComment({ createdBy: dee as string })
    const told = await toldBy(noticesOfComment(undefined, aComment(), task, thread))
    expect(told).toEqual(
      new Map([
        [eve, 'commented'],
        [ben, 'commented'],
        [dee, 'commented'],
      ]),
    )
  })

  test('everybody in a group that has the task, and whom it mentions as mentioned, each once', async () => {
    const mentions = { userIds: [ben as string, ana], groupIds: [crew] }
    // Dee watches it by name, and is mentioned through a group.
    const about = { ...task, assigneeGroupIds: [pilots], watcherIds: [dee as string] }
    const told = await toldBy(noticesOfComment(undefined, aComment({ mentions }), about))
    expect(told).toEqual(
      new Map([
        [ben, 'mentioned'],
        [dee, 'mentioned'],
        [eve, 'commented'],
        [cy, 'commented'],
      ]),
    )
  })
})

describe('another text tells', () => {
  const edited = (mentions: { userIds: string[]; groupIds: string[] }) =>
    aComment({ body: 'b', version: 2, bodyVersion: 2, updatedAt: minutes(1), mentions })

  test('those alone whom it is the first to mention', async () => {
    const before = aComment({ mentions: { userIds: [ben as string], groupIds: [pilots] } })
    const after = edited({ userIds: [ben as string, eve as string], groupIds: [pilots, crew] })
    // Dee is in the group that was mentioned before.
    expect(await toldBy(noticesOfComment(before, after, task))).toEqual(new Map([[eve, 'mentioned']]))
  })

  test.each([
    ['a reaction', aComment({ version: 2, reactions: [{ emoji: '👍', userIds: [ben as string] }] })],
    ['an end', aComment({ version: 2, deletedAt: minutes(1) })],
    ['nothing left', undefined],
  ])('and nobody is told of %s', (_what, after) => {
    expect(noticesOfComment(aComment(), after, task)).toEqual({ notices: [], groupNotices: [] })
  })
})

describe('another status tells', () => {
  const changed = (before: Task, values: Partial<Task>, cause: Task['cause'] = null) => {
    const editor = { userId: ben as string, now: minutes(1), zone: 'UTC', cause }
    const { notices = [], groupNotices = [] } = consequencesOf(before, revise(before, values, editor)) ?? {}
    return { notices, groupNotices }
  }

  test('creator, assignees, their groups and watchers; an assignment of the same change counts for more', async () => {
    const before = { ...task, assigneeGroupIds: [pilots] }
    const after = { status: 'done' as const, assigneeIds: [ben as string, ana] }
    expect(await toldBy(changed(before, after))).toEqual(
      new Map([
        [ana, 'assigned'],
        [eve, 'status'],
        [cy, 'status'],
        [dee, 'status'],
      ]),
    )
    expect(changed(before, after).notices.find(({ kind }) => kind === 'status')).toMatchObject({
      from: 'open',
      to: 'done',
      version: 2,
      at: minutes(1),
      by: ben,
    })
  })

  test('nobody where a bulk or a cascade brings it, nor where it stays', () => {
    const quiet = { notices: [], groupNotices: [] }
    expect(changed(task, { status: 'done' }, { kind: 'bulk', id: 'job' })).toEqual(quiet)
    expect(changed(task, { status: 'done' }, { kind: 'cascade', taskId: task.id })).toEqual(quiet)
    expect(changed(task, { title: 'Other' })).toEqual(quiet)
    expect(changed({ ...task, archivedAt: minutes(0) }, { status: 'done' })).toEqual(quiet)
    const made = consequencesOf(undefined, { ...task, status: 'done' })?.notices
    expect(made?.map(({ kind }) => kind)).not.toContain('status')
  })
})

describe('when it is sent', () => {
  const comment = aComment({
    createdBy: ben as string,
    mentions: { userIds: [ana], groupIds: [] },
    body: '**Hi** you',
  })
  const known: Known = {
    people: [aPerson()],
    members: [aMember(), aMember({ userId: ben as string, name: 'Ben' })],
    tasks: [task],
    workspaces: [aWorkspace()],
    comments: [comment],
  }
  const common = { workspaceId, taskId: task.id, userId: ana, by: ben as string, version: 1, at: minutes(0) }
  const mentioned: NoticeMessage = { kind: 'mentioned', ...common, commentId: comment.id }
  const commented: NoticeMessage = { ...mentioned, kind: 'commented' }
  const status: NoticeMessage = { kind: 'status', ...common, from: 'open', to: 'done' }
  const verdict = (message: NoticeMessage, changes: Known = {}) =>
    verdictOn(message, factsOf({ ...known, ...changes }), minutes(1))

  test('a mail says who wrote what, as plain text, or what became of the status', async () => {
    for (const message of [mentioned, commented]) {
      expect(await verdict(message)).toMatchObject({
        send: true,
        notice: { kind: message.kind, by: 'Ben', text: 'Hi you', commentId: comment.id },
      })
    }
    expect(await verdict(status)).toMatchObject({
      send: true,
      notice: { from: 'open', to: 'done', by: 'Ben' },
    })
  })

  const hidden = { members: [aMember({ role: 'guest' })] }
  test.each<[string, NoticeMessage, Known]>([
    ['whoever may not see the task any more', mentioned, { ...hidden, tasks: [{ ...task, watcherIds: [] }] }],
    ['whoever may not see the task any more', commented, hidden],
    ['whoever may not see the task any more', status, hidden],
    ['anybody once the comment is deleted', mentioned, { comments: [{ ...comment, deletedAt: minutes(1) }] }],
    ['anybody once the comment is gone', commented, { comments: [] }],
    [
      'anybody of a comment on another task',
      commented,
      { comments: [{ ...comment, taskId: idOf('task', 'b') }] },
    ],
    [
      'whom it mentions no more',
      mentioned,
      { comments: [{ ...comment, mentions: { userIds: [], groupIds: [] } }] },
    ],
    [
      'whoever has left the group that it mentions',
      mentioned,
      { comments: [{ ...comment, mentions: { userIds: [], groupIds: [crew] } }] },
    ],
    ['whom the task concerns no more', status, { tasks: [{ ...task, watcherIds: [] }] }],
    ['anybody once the task is in the trash', status, { tasks: [{ ...task, trashedAt: minutes(1) }] }],
  ])('%s is not told', async (_who, message, changes) => {
    expect(await verdict(message, changes)).toMatchObject({ send: false })
  })

  test('whoever is in the group that it mentions is', async () => {
    const changes = {
      comments: [{ ...comment, mentions: { userIds: [], groupIds: [crew] } }],
      members: [aMember({ groupIds: [crew] })],
    }
    expect(await verdict(mentioned, changes)).toMatchObject({ send: true })
  })
})
