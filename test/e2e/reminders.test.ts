import { expect } from 'vitest'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { nextMinute, wallTime, wholeSecond } from '../support/e2e/clock.ts'
import { mailLike, mailsLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

const zone = 'Pacific/Auckland'
const withinMs = 70_000
const patienceMs = 140_000

/** Two times of which the second is swept a minute after the first: its arrival shows that the first came once. */
const twoTimes = () => {
  const first = wholeSecond(Date.now() + 5_000)
  return [first, nextMinute(first) + 1_000] as const
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
    const kept = await team.addTask({ title: 'Kept', due, assigneeIds, reminders })
    const both = { due, assigneeIds, reminders: [absolute(first)] }
    const closed = await team.addTask({ ...both, title: 'Closed in time' })
    const moved = await team.addTask({ ...both, title: 'Moved away' })
    await owner.api.ok(tasks.completeTask, { params: { workspaceId, taskId: closed.id }, body: {} })
    await owner.api.ok(tasks.editTask, {
      params: { workspaceId, taskId: moved.id },
      body: { reminders: [absolute(first + 86_400_000)] },
    })
    await team.addTask({
      ...both,
      title: 'Personal',
      reminders: [{ ...absolute(first), for: 'me' }],
    })
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
