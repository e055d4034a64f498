import { paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as comments from '../../../shared/api/routes/comments.ts'
import { createGroup } from '../../../shared/api/routes/groups.ts'
import { purgeTask, restoreTask } from '../../../shared/api/routes/life.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { deleteTask, listTaskHistory } from '../../../shared/api/routes/tasks.ts'
import type { CommentReply } from '../../../shared/api/schemas/comments.ts'
import { eventKey } from '../../../shared/data/keys.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, ifMatch, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let [manager, member, guest]: Someone[] = []
let taskId: string

const people = () => ({ manager, member, guest }) as Record<'manager' | 'member' | 'guest', Someone>

beforeAll(async () => {
  team = await startDetailTeam()
  manager = await team.colleague('manager')
  member = await team.colleague('member')
  guest = await team.colleague('guest')
})
afterAll(() => team.app.close())
beforeEach(async () => {
  taskId = await team.addTask()
})

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, taskId, ...params } })
const say = async (body: string, more: object = {}, who = team.owner): Promise<CommentReply> => {
  // Ids sort by the millisecond.
  team.app.clock.now += 1
  const reply = await call(who, comments.createComment, { body: { body, ...more } })
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
  return reply.body
}
const get = (commentId: string, who = team.owner) => call(who, comments.getComment, { params: { commentId } })
const remove = (commentId: string, who = team.owner, headers = {}) =>
  call(who, comments.deleteComment, { params: { commentId }, headers })
const edit = (commentId: string, body: string, who = team.owner, headers = {}) =>
  call(who, comments.editComment, { params: { commentId }, body: { body }, headers })
const listed = async (who = team.owner): Promise<CommentReply[]> =>
  (await call(who, comments.listComments)).body.items
const everyItem = async () => {
  const { client, tableName } = team.app.engine
  const items: unknown[] = []
  for await (const page of paginateScan({ client }, { TableName: tableName, ConsistentRead: true }))
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)))
  return items
}
const told = async () => {
  await team.app.drain()
  const { items } = (await call(team.owner, listTaskHistory)).body
  return items as { type: string; commentId?: string; through: string; changes: unknown[] }[]
}

describe('comments on a task', () => {
  test('are listed newest first, page by page, replies among them', async () => {
    const first = await say('One')
    const ids = [first.id]
    for (const text of ['Two', 'Three', 'Four']) ids.push((await say(text, { replyTo: first.id })).id)
    const pages: string[][] = []
    let query: Record<string, string> = { limit: '3' }
    for (;;) {
      const { body } = await call(team.owner, comments.listComments, { query })
      pages.push(body.items.map(({ id }: CommentReply) => id))
      if (body.next === undefined) break
      const next = new URL(body.next, 'https://duely.test').searchParams
      query = Object.fromEntries(next)
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 1])
    expect(pages.flat()).toEqual([...ids].sort().reverse())
    expect((await get(first.id)).body).toMatchObject({ replies: 3, replyTo: null, body: 'One' })
  })

  test('answer a comment of the same task that is no answer itself, and nothing else', async () => {
    const first = await say('One')
    const answer = await say('Two', { replyTo: first.id })
    const other = taskId
    taskId = await team.addTask()
    const elsewhere = await say('Elsewhere')
    taskId = other
    for (const replyTo of [answer.id, elsewhere.id]) {
      const reply = await call(team.owner, comments.createComment, { body: { body: 'x', replyTo } })
      expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, '/replyTo'])
    }
    expect((await get(elsewhere.id)).status).toBe(404)
  })

  test('are edited by their authors alone, and the text of a stale edit is not lost', async () => {
    const { member: author, manager: boss } = people()
    const { id } = await say('Draft', {}, author)
    expect((await edit(id, 'Mine', boss)).status).toBe(403)
    await call(boss, comments.addReaction, { params: { commentId: id, emoji: '🎉' }, body: {} })
    // Reactions came in between: the text is the one that was seen.
    const edited = await edit(id, 'Second', author, ifMatch(1))
    expect([edited.status, edited.body.version, edited.headers.etag]).toEqual([200, 3, '"3"'])
    expect(edited.body.editedAt).not.toBeNull()
    const stale = await edit(id, 'Third', author, ifMatch(2))
    expect([stale.status, stale.body.conflicts]).toEqual([
      412,
      [{ field: 'body', mine: 'Third', theirs: 'Second' }],
    ])
    expect((await remove(id, author, ifMatch(2))).status).toBe(412)
    expect((await edit(id, 'Third', author, ifMatch(9))).status).toBe(412)
  })

  test('are written once by a request that comes again, also a reply', async () => {
    const first = await say('One')
    for (const body of [{ body: 'Once' }, { body: 'Once', replyTo: first.id }]) {
      const request = { body, headers: { 'Idempotency-Key': JSON.stringify(body) } }
      const made = await call(team.owner, comments.createComment, request)
      team.app.clock.now += 5_000
      const again = await call(team.owner, comments.createComment, request)
      expect([again.status, again.body, again.headers.location]).toEqual([
        201,
        made.body,
        made.headers.location,
      ])
      const mixed = await call(team.owner, comments.createComment, {
        ...request,
        body: { ...body, body: 'Twice' },
      })
      expect(mixed.status).toBe(422)
    }
    expect(await listed()).toHaveLength(3)
    expect((await get(first.id)).body.replies).toBe(1)
  })

  test('are counted right when twenty answer at once', async () => {
    const { id } = await say('Who is in?')
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(`I, ${n}`, { replyTo: id })))
    expect((await get(id)).body.replies).toBe(20)
  })
})

describe('a deleted comment', () => {
  test('is gone, with its text in no item of the table but what backups hold', async () => {
    const secret = 'The code is 4711-XYZZY'
    const { id } = await say(secret)
    await edit(id, `${secret} or so`)
    await team.app.drain()
    expect((await remove(id)).status).toBe(204)
    await team.app.drain()
    for (const reply of [await get(id), await edit(id, 'x'), await remove(id)]) expect(reply.status).toBe(404)
    expect(await listed()).toEqual([])
    const everything = JSON.stringify(await everyItem())
    expect(everything).not.toContain('4711')
    expect((await told()).map(({ type }) => type)).toEqual([
      'comment.deleted',
      'comment.edited',
      'comment.created',
      'task.created',
    ])
  })

  test('keeps its place as long as it has replies, without its text, and goes with the last of them', async () => {
    const { member: author } = people()
    const { id } = await say('Start', {}, author)
    await call(author, comments.addReaction, { params: { commentId: id, emoji: '👍' }, body: {} })
    const answer = await say('Answer', { replyTo: id })
    expect((await remove(id, author)).status).toBe(204)
    const place = (await get(id)).body
    expect(place).toMatchObject({
      body: '',
      replies: 1,
      reactions: [],
      allowedActions: ['comment.read', 'comment.create'],
    })
    expect(place.deletedAt).not.toBeNull()
    expect((await listed()).map((one) => one.id)).toEqual([answer.id, id])
    expect((await edit(id, 'Again', author)).status).toBe(409)
    const late = await call(team.owner, comments.createComment, { body: { body: 'x', replyTo: id } })
    expect(late.status).toBe(400)
    expect((await remove(answer.id)).status).toBe(204)
    expect((await get(id)).status).toBe(404)
    expect(await listed()).toEqual([])
  })

  test('may be anybody’s to managers, and one’s own to everybody else', async () => {
    const { member: author, manager: boss, guest: visitor } = people()
    const ofOwner = await say('Mine')
    expect((await remove(ofOwner.id, author)).status).toBe(403)
    expect((await remove(ofOwner.id, boss)).status).toBe(204)
    await call(team.owner, shareTask, { params: { userId: visitor.userId }, body: { level: 'view' } })
    const ofGuest = await say('May I?', {}, visitor)
    expect(ofGuest.allowedActions).toEqual([
      'comment.read',
      'comment.create',
      'comment.edit',
      'comment.delete',
    ])
    expect((await remove(ofGuest.id, visitor)).status).toBe(204)
  })
})

describe('comments and their task', () => {
  test('whoever may not see it sees none of them, whatever id they know', async () => {
    const { guest: visitor } = people()
    const { id } = await say('Internal')
    const absent = { params: { commentId: id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) } }
    for (const route of [comments.getComment, comments.deleteComment, comments.resolveComment]) {
      const request = route === comments.resolveComment ? { body: {} } : {}
      const answer = await call(visitor, route, { params: { commentId: id }, ...request })
      const nothing = await call(visitor, route, { ...absent, ...request })
      expect([answer.status, answer.body.detail]).toEqual([404, nothing.body.detail])
    }
    const other = await team.addTask({ assigneeIds: [visitor.userId] })
    expect(
      (await call(visitor, comments.getComment, { params: { taskId: other, commentId: id } })).status,
    ).toBe(404)
    expect((await call(visitor, comments.listComments)).status).toBe(404)
  })

  test('in the trash they are read and not changed, and go for good when it does', async () => {
    const { id } = await say('Keep')
    await call(team.owner, deleteTask)
    expect((await get(id)).body.allowedActions).toEqual(['comment.read'])
    expect(await listed()).toHaveLength(1)
    const writes = [
      await edit(id, 'x'),
      await remove(id),
      await call(team.owner, comments.createComment, { body: { body: 'x' } }),
      await call(team.owner, comments.resolveComment, { params: { commentId: id }, body: {} }),
      await call(team.owner, comments.addReaction, { params: { commentId: id, emoji: '👍' }, body: {} }),
    ]
    expect(writes.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await get(id)).body.version).toBe(1)
    await call(team.owner, restoreTask, { body: {} })
    expect((await edit(id, 'Kept')).status).toBe(200)
    await call(team.owner, deleteTask)
    await call(team.owner, purgeTask)
    await team.app.drain()
    const left = JSON.stringify(await everyItem())
    expect(left).not.toContain('"Kept"')
    // Of its end the task's tells.
    const log = await team.app.table.query({ pk: eventKey(team.workspaceId, 1).PK, limit: 1_000 })
    const types = log.items.filter((item) => item.taskId === taskId).map(({ type }) => type)
    expect(types).toContain('task.purged')
    expect(types).not.toContain('comment.deleted')
  })
})

describe('threads and reactions', () => {
  test('a thread is resolved and opened again as a whole, once each', async () => {
    const { id } = await say('Done?')
    const answer = await say('Yes', { replyTo: id })
    const resolve = () => call(team.owner, comments.resolveComment, { params: { commentId: id }, body: {} })
    const [first, again] = [await resolve(), await resolve()]
    expect(first.body.resolvedBy).toBe(team.owner.userId)
    expect(again.body).toEqual(first.body)
    const wrong = await call(team.owner, comments.resolveComment, {
      params: { commentId: answer.id },
      body: {},
    })
    expect([wrong.status, wrong.body.commentId]).toEqual([409, id])
    await call(team.owner, comments.reopenComment, { params: { commentId: id }, body: {} })
    const types = (await told()).map(({ type }) => type)
    expect(types.filter((type) => type === 'comment.resolved')).toHaveLength(1)
    expect(types[0]).toBe('comment.reopened')
  })

  test.each([
    ['👍', '👍'],
    ['❤', '❤️'],
    ['👩🏽‍🚀', '👩🏽‍🚀'],
    ['🇪🇸', '🇪🇸'],
    ['%F0%9F%91%8D', '👍'],
  ])('%s is a reaction, the same however often it is set', async (emoji, shown) => {
    const { id } = await say('Look')
    const react = (who: Someone) =>
      call(who, comments.addReaction, { params: { commentId: id, emoji }, body: {} })
    await react(team.owner)
    await react(people().member)
    const { body } = await react(team.owner)
    expect(body.reactions).toEqual([{ emoji: shown, userIds: [team.owner.userId, people().member.userId] }])
    expect(body.version).toBe(3)
    const take = (who: Someone) => call(who, comments.removeReaction, { params: { commentId: id, emoji } })
    expect([(await take(team.owner)).status, (await take(team.owner)).status]).toEqual([204, 204])
    expect((await get(id)).body.reactions).toEqual([{ emoji: shown, userIds: [people().member.userId] }])
  })

  test.each(['x', '1', '👍👍', 'ok👍', '', '%41', '%FF%FE', '\u{1F3FB}\u200D', '<script>', '👍\u202E'])(
    '%j is none',
    async (emoji) => {
      const { id } = await say('Look')
      const reply = await call(team.owner, comments.addReaction, {
        params: { commentId: id, emoji },
        body: {},
      })
      expect(reply.status).toBe(404)
    },
  )

  test('a comment has at most twenty different ones', async () => {
    const { id } = await say('Look')
    const react = (emoji: string) =>
      call(team.owner, comments.addReaction, { params: { commentId: id, emoji }, body: {} })
    const animals = Array.from({ length: 21 }, (_, n) => String.fromCodePoint(0x1f400 + n))
    for (const emoji of animals.slice(0, 20)) expect((await react(emoji)).status).toBe(200)
    expect((await react(animals[20] as string)).status).toBe(409)
    expect((await react(animals[0] as string)).status).toBe(200)
  })
})

describe('mentions', () => {
  test('count where somebody is meant who may read the task, and are plain text otherwise', async () => {
    const { member: one, guest: visitor } = people()
    const stranger = await team.app.person('Someone Else')
    const { workspaceId } = team
    const made = await team.app.call(team.owner, createGroup, {
      params: { workspaceId },
      body: { name: 'Pilots' },
    })
    const groupId: string = made.body.id
    const text = `@[Ana](${one.userId}) @[Guest](${visitor.userId}) @[X](${stranger.userId}) @[Pilots](${groupId}) \`@[C](${team.owner.userId})\``
    expect((await say(text)).mentions).toEqual({ userIds: [one.userId], groupIds: [groupId] })
    await call(team.owner, shareTask, { params: { userId: visitor.userId }, body: { level: 'view' } })
    expect((await say(text)).mentions.userIds).toEqual([one.userId, visitor.userId])
    // Groups are not shown to guests, and so not meant by them.
    expect((await say(text, {}, visitor)).mentions.groupIds).toEqual([])
  })

  test('are fifty at most', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, () => `@[x](${crypto.randomUUID()})`).join(' ')
    expect((await say(many(50))).mentions.userIds).toEqual([])
    const reply = await call(team.owner, comments.createComment, { body: { body: many(51) } })
    expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, '/body'])
  })
})
