import { expect } from 'vitest'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { nextMinute, wallTime } from '../support/e2e/clock.ts'
import { mailLike, mailsLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

const zone = 'Pacific/Auckland'
const withinMs = 70_000
const patienceMs = 140_000

/** Longer than a busy machine takes to set the reminders: a time that has passed by then does not remind. */
const setUpMs = 15_000

/** Times around a full minute, so that the second is swept a minute after the first: its arrival shows that that came once. */
const twoTimes = () => {
  const minute = nextMinute(Date.now() + setUpMs)
  return [minute - 1_000, minute + 1_000] as const
}
const absolute = (instant: number) => ({ dateTime: wallTime(instant, zone), zone })

requires('schedule-rate', 'mail-read')(
  'reminders, relative and absolute, reach each assignee once, in time, as HTML and text',
  async () => {
    const [team, ana, bo] = await Promise.all([newTeam(), newPerson('Ana'), newPerson('Bo')])
    await Promise.all([team.admit(ana, 'member'), team.admit(bo, 'member')])
    const { workspaceId, owner } = team
    const [first, second] = twoTimes()
    const due = absolute(first + 60 * 60_000)
    const assigneeIds = [ana.id, bo.id]
    const reminders = [{ relativeTo: 'due', minutesBefore: 60 }, absolute(second)]
    const both = { due, assigneeIds, reminders: [absolute(first)] }
    const [kept, closed, moved] = await Promise.all([
      team.addTask({ title: 'Kept', due, assigneeIds, reminders }),
      team.addTask({ ...both, title: 'Closed in time' }),
      team.addTask({ ...both, title: 'Moved away' }),
      team.addTask({ ...both, title: 'Personal', reminders: [{ ...absolute(first), for: 'me' }] }),
    ])
    await owner.api.ok(tasks.completeTask, { params: { workspaceId, taskId: closed.id }, body: {} })
    await owner.api.ok(tasks.editTask, {
      params: { workspaceId, taskId: moved.id },
      body: { reminders: [absolute(first + 86_400_000)] },
    })
    expect(Date.now(), 'the machine was too busy to set the reminders in time').toBeLessThan(first)
    const subject = `Reminder: Kept (${kept.key})`
    const mine = await mailLike(owner.email, /^Reminder: Personal/, patienceMs)
    expect(mine.html).toContain('Personal')
    for (const { email, name } of [ana, bo]) {
      const mails = await mailsLike(email, /^Reminder: Kept/, { count: 2, withinMs: patienceMs })
      expect(mails.map((mail) => mail.subject)).toEqual([subject, subject])
      for (const [index, at] of [first, second].entries()) {
        const mail = mails[index]
        const lateness = (mail?.sentAt ?? 0) * 1000 - at
        expect(lateness).toBeGreaterThanOrEqual(0)
        expect(lateness).toBeLessThanOrEqual(withinMs)
        for (const word of [name, 'Kept', 'Harbour', 'Operations', kept.id]) {
          expect(mail?.text).toContain(word)
          expect(mail?.html).toContain(word)
        }
        expect(mail?.text).not.toMatch(/late/i)
      }
      const all = (await mailsTo(email)).filter((mail) => /^(Late )?[Rr]eminder/.test(mail.subject))
      expect(all).toHaveLength(2)
    }
    const hers = (await mailsTo(owner.email)).filter((mail) => /reminder/i.test(mail.subject))
    expect(hers).toHaveLength(1)
  },
  180_000,
)
