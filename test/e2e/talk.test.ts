import { expect, test } from 'vitest'
import { verifyHistory } from '../../shared/api/routes/audit.ts'
import { createComment, editComment } from '../../shared/api/routes/comments.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import type { NotificationReply } from '../../shared/api/schemas/notifications.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { mailLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const told = (entries: readonly NotificationReply[]) => entries.map(({ kind, by }) => `${kind} ${by?.name}`)

test('a comment tells whom it mentions, and those who take part in the task, each once, and its author never', async () => {
  const [team, mia, ana] = await Promise.all([newTeam(), newPerson('Mia'), newPerson('Ana')])
  const { owner, workspaceId } = team
  await Promise.all([team.admit(mia, 'manager'), team.admit(ana, 'member')])
  const task = await team.addTask({ title: 'Paint the hull', assigneeIds: [ana.id] })
  const params = { workspaceId, taskId: task.id }
  const [hers, its] = [inboxOf(ana, workspaceId), inboxOf(owner, workspaceId)]
  await hers.entry(({ kind }) => kind === 'assigned')

  // Ana works on the task besides: what names her tells her, and no more.
  const body = `Which red, @[Ana](${ana.id}) and @[Mia](${mia.id})? <b>Soon</b>`
  const { id } = (await mia.api.ok(createComment, { params, body: { body } })).body
  const entry = await hers.entry(({ kind }) => kind === 'mentioned')
  expect(entry).toMatchObject({ task: { id: task.id }, by: { id: mia.id, name: 'Mia' }, commentId: id })
  const mail = await mailLike(ana.email, /mentioned you/)
  expect(mail.subject).toBe(`Mia mentioned you in ${task.key}: Paint the hull`)
  expect(mail.text).toContain('Which red')
  expect(mail.html).not.toContain('<b>Soon</b>')
  const { story } = await hers.story(entry.id, 'sent')
  expect(story.at(-1)).toMatchObject({ channel: 'mail', state: 'sent' })
  await mailLike(owner.email, /Mia commented on/)
  await its.entry(({ kind, commentId }) => kind === 'commented' && commentId === id)
  // An edit tells those alone whom it names anew.
  await mia.api.ok(editComment, { params: { ...params, commentId: id }, body: { body: `${body}!` } })

  await mia.api.ok(tasks.editTask, { params, body: { status: 'in_progress' } })
  const status = await hers.entry(({ kind }) => kind === 'status')
  expect(status).toMatchObject({ from: 'open', to: 'in_progress', mail: { state: 'suppressed' } })
  await its.entry(({ kind }) => kind === 'status')
  expect(told(await hers.entries())).toEqual(['status Mia', 'mentioned Mia', `assigned ${owner.name}`])
  expect(told(await its.entries())).toEqual(['status Mia', 'commented Mia'])
  expect(await inboxOf(mia, workspaceId).entries()).toEqual([])
  const mails = (await mailsTo(ana.email)).filter(({ subject }) => subject.includes(task.key))
  expect(mails).toHaveLength(2)
})

test('all that has happened in a workspace is verified to be as it was written, comments included', async () => {
  const { owner, workspaceId, addTask } = await newTeam()
  const task = await addTask({ title: 'Paint the hull' })
  await owner.api.ok(createComment, { params: { workspaceId, taskId: task.id }, body: { body: 'Red' } })
  await soon(async () => {
    const { body } = await owner.api.ok(verifyHistory, { params: { workspaceId } })
    expect(body).toMatchObject({ valid: true, first: { sequence: 1 } })
    expect(body.last?.sequence).toBe(body.checked)
    const history = { params: { workspaceId, taskId: task.id } }
    const seen = await owner.api.ok(tasks.verifyTaskHistory, history)
    expect(seen.body).toMatchObject({ valid: true, checked: 2 })
  })
})
