import { expect, test } from 'vitest'
import * as invitations from '../../shared/api/routes/invitations.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { mailLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { newTeam } from '../support/e2e/team.ts'

test('an assignment is mailed once to whom it concerns, as HTML and text, and never to who did it', async () => {
  const [team, ana, bo] = await Promise.all([newTeam(), newPerson('Ana'), newPerson('Bo')])
  await Promise.all([team.admit(ana, 'manager'), team.admit(bo, 'member')])
  const { workspaceId, owner } = team
  const title = 'Order <b>the</b> internet & line'
  const task = await team.addTask({
    title,
    assigneeIds: [ana.id, owner.id],
    due: { date: '2030-05-01' },
  })
  const mail = await mailLike(ana.email, /OPS-1/)
  expect(mail.subject).toBe(`${owner.name} assigned OPS-1 to you: ${title}`)
  for (const word of ['Ana', 'Operations', 'Harbour', task.id]) {
    expect(mail.text).toContain(word)
    expect(mail.html).toContain(word)
  }
  expect(mail.text).toContain(title)
  expect(mail.html).toContain('Order &lt;b&gt;the&lt;/b&gt; internet &amp; line')
  const params = { workspaceId, taskId: task.id }
  await ana.api.ok(tasks.editTask, {
    params,
    body: { assigneeIds: [ana.id, owner.id, bo.id], priority: 'low' },
  })
  await mailLike(bo.email, /OPS-1/)
  // What comes behind arrives behind: had there been a second mail about the first task, it would be there by now.
  await team.addTask({ title: 'Fence', assigneeIds: [ana.id, bo.id] })
  await Promise.all([mailLike(ana.email, /Fence/), mailLike(bo.email, /Fence/)])
  const about = async (address: string) =>
    (await mailsTo(address)).filter(({ subject }) => subject.includes('OPS-1'))
  expect(await about(ana.email)).toHaveLength(1)
  expect(await about(bo.email)).toHaveLength(1)
  expect(await about(owner.email)).toEqual([])
})

test('a mail speaks the language of its reader', async () => {
  const [team, reader] = await Promise.all([newTeam(), newPerson('Layla', { language: 'ar' })])
  await team.admit(reader, 'member')
  await team.addTask({ title: 'قراءة', assigneeIds: [reader.id] })
  const mail = await mailLike(reader.email, /قراءة/)
  expect(mail.html).toMatch(/lang="ar"/)
  expect(mail.html).toMatch(/dir="rtl"/)
})

test('an invitation to an address without an account is mailed, and names who invites to what', async () => {
  const team = await newTeam()
  const { workspaceId, owner } = team
  const email = `somebody.new.${workspaceId}@example.com`
  const { body } = await owner.api.ok(invitations.invite, {
    params: { workspaceId },
    body: { email, role: 'guest' },
  })
  const mail = await mailLike(email, /Harbour/)
  expect(mail.subject).toBe(`${owner.name} invites you to Harbour`)
  expect(mail.text).toContain(body.id)
  expect(mail.html).toContain(body.id)
})
