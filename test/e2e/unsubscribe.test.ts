import { expect, test } from 'vitest'
import { getNotificationPreferences } from '../../shared/api/routes/notifications.ts'
import { parsed, problemIn, urlOf } from '../support/e2e/api.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { mailLike, newPerson } from '../support/e2e/people.ts'
import { newTeam } from '../support/e2e/team.ts'

/** What a mail program sends when its reader wants no more of them (RFC 8058). */
const oneClick = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'List-Unsubscribe=One-Click',
}

test('the link in a mail asks, and one click stops mails of its kind, without signing in', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId } = team
  await team.admit(ana, 'member')
  await team.addTask({ title: 'First', assigneeIds: [ana.id] })
  const { text } = await mailLike(ana.email, /First/)
  const path = /https?:\/\/\S+?(\/v1\/unsubscribe\/[\w-]+)/.exec(text)?.[1] ?? 'no link'
  const assigned = async () => {
    const { body } = await ana.api.ok(getNotificationPreferences, { params: { workspaceId } })
    return body.effective.kinds.assigned
  }

  const page = await fetch(urlOf(path))
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await assigned()).toEqual({ inbox: true, mail: true })
  expect((await fetch(urlOf(path), oneClick)).status).toBe(200)
  expect(await assigned()).toEqual({ inbox: true, mail: false })
  const altered = path.slice(0, -1) + (path.endsWith('A') ? 'B' : 'A')
  problemIn(await parsed(await fetch(urlOf(altered), oneClick)), 'not-found')

  await team.addTask({ title: 'Second', assigneeIds: [ana.id] })
  const inbox = inboxOf(ana, workspaceId)
  const { id } = await inbox.entry(({ task }) => task?.title === 'Second')
  expect((await inbox.story(id, 'suppressed')).mail.why).toBe('switched off in the preferences')
})
