import { describe, expect, it } from 'vitest'
import { roles } from '../../../shared/api/actions.ts'
import { languages } from '../../../shared/api/languages.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import {
  aBulk,
  aComment,
  aDigest,
  aDisabledWebhook,
  aDueDate,
  aLateReminder,
  anAssignment,
  anEscalation,
  anInvitation,
  anMfaChange,
  aRecipient,
  aReminder,
  aStatusChange,
  aTask,
  aWeek,
  everyKind,
  settings,
  several,
} from './notices.ts'
import { visibleText } from './reading.ts'

const render = (notice: Parameters<typeof renderMail>[0], changes: Parameters<typeof aRecipient>[0] = {}) =>
  renderMail(notice, aRecipient(changes), settings)

describe('renderMail', () => {
  it('addresses one person, from the sender of the deployment', () => {
    const { from, to } = render(anAssignment())
    expect(from).toEqual({ name: 'Duely', address: 'no-reply@duely.example' })
    expect(to).toEqual({ name: 'Ana', address: 'ana@team.example' })
  })

  it('cleans and bounds the name in the address, and needs none', () => {
    expect(render(anAssignment(), { name: 'Ana\r\nBcc: x\u202E' }).to.name).toBe('Ana Bcc: x')
    expect(render(anAssignment(), { name: 'A'.repeat(500) }).to.name).toBe(`${'A'.repeat(79)}…`)
    expect(render(anAssignment(), { name: '\u202E' }).to).toEqual({ name: '', address: 'ana@team.example' })
  })

  it('is the same mail for the same notice', () => {
    expect(render(aLateReminder())).toEqual(render(aLateReminder()))
  })

  it('welcomes', () => {
    const { subject, text } = render({ kind: 'welcome', id: 'ntc_1' })
    expect(subject).toBe('Welcome to Duely')
    expect(text).toContain('Hello Ana,')
    expect(text).toContain('Open Duely\nhttps://duely.example/\n')
  })

  it.each([
    ['enabled', 'Two-step sign-in is on', 'takes a code of your authenticator app', true],
    ['disabled', 'Two-step sign-in is off', 'takes your password alone', false],
    ['recoveryCodeUsed', 'A recovery code was used', 'in place of your authenticator app', true],
    ['recoveryCodesRenewed', 'You have new recovery codes', 'do not work any more', true],
  ] as const)(
    'tells of a second factor: %s, when, and what to do about it',
    (change, says, why, tellsLeft) => {
      const { subject, text } = render(anMfaChange({ change, codesLeft: 7 }))
      expect(subject).toBe(says)
      expect(text).toContain(why)
      expect(text).toMatch(/When: .*May 5, 2026.* 8:00\sAM/u)
      expect(text.includes('Recovery codes left: 7')).toBe(tellsLeft)
      expect(text).toContain('reset your password, then sign out everywhere')
    },
  )

  it('says which task was assigned, by whom, where and until when', () => {
    const { subject, text } = render(anAssignment())
    expect(subject).toBe('Ben assigned OPS-42 to you: Fix the pump')
    expect(text).toContain('Ben assigned a task to you.')
    expect(text).toContain('Task: OPS-42 Fix the pump\nProject: Operations\nWorkspace: Acme\n')
    expect(text).toMatch(/Due: Tuesday, May 5, 2026 at 9:00\sAM\nAssigned by: Ben\n/u)
    expect(text).toContain('Open the task\nhttps://duely.example/w/wsp_3/tasks/tsk_7\n')
  })

  it('says how many tasks were assigned at once, by whom and where', () => {
    const { subject, text } = render(aBulk())
    expect(subject).toBe('Ben assigned 1,200 tasks to you')
    expect(text).toContain('Ben assigned 1,200 tasks to you in one go.')
    expect(text).toContain('Workspace: Acme\nAssigned by: Ben\n')
    expect(text).toContain('Open the workspace\nhttps://duely.example/w/wsp_3\n')
  })

  it('says what became of a task, and who made it so', () => {
    const { subject, text } = render(aStatusChange())
    expect(subject).toBe('OPS-42 is now “In progress”: Fix the pump')
    expect(text).toContain('Ben changed the status of a task.')
    expect(text).toContain('Status before: Open\nStatus now: In progress\nChanged by: Ben\n')
  })

  it('quotes a comment line by line, and says why the reader gets it', () => {
    const { subject, text, html } = render(aComment())
    expect(subject).toBe('Ben commented on OPS-42: Fix the pump')
    expect(text).toContain('Ben wrote a comment:\n\n> The seal leaks.\n> Shall I order two?\n\nTask: OPS-42')
    expect(html).toContain('The seal leaks.</span><br>')
    expect(text).toContain('you take part in the task or watch it')
    const mention = render(aComment({ kind: 'mentioned' }))
    expect(mention.subject).toBe('Ben mentioned you in OPS-42: Fix the pump')
    expect(mention.text).toContain('you were mentioned in a comment')
  })

  it.each([
    ['dueSoon', 'Due soon: Fix the pump (OPS-42)', 'This task is due soon.'],
    ['due', 'Due: Fix the pump (OPS-42)', 'This task is due.'],
    ['overdue', 'Overdue: Fix the pump (OPS-42)', 'This task is overdue and still open.'],
  ] as const)('tells of a date: %s', (kind, says, intro) => {
    const onTime = render(aDueDate({ kind }))
    expect(onTime.subject).toBe(says)
    expect(onTime.text).toContain(intro)
    expect(onTime.text).not.toMatch(/late/i)
    const late = render(aDueDate({ kind, sentAt: '2026-05-05T09:00:00Z', late: true }))
    expect(late.text).toMatch(
      /^\*\*\* This mail is late\. It was meant for Tuesday, May 5, 2026 at 9:00\sAM\. Delay: 2 hours\. \*\*\*\n/u,
    )
  })

  it('reports a task that stays overdue, and whose it is', () => {
    const { subject, text } = render(anEscalation())
    expect(subject).toBe('Escalation: Fix the pump (OPS-42)')
    expect(text).toMatch(/Overdue since: Tuesday, May 5, 2026 at 9:00\sAM\nAssigned to: Ben and Cleo\n/u)
    expect(render(anEscalation({ assignees: [] })).text).toContain('Assigned to: Nobody\n')
  })

  it('tells several things in one mail, each with its page, and how many there are besides', () => {
    const { subject, text, html } = render(several())
    expect(subject).toBe('13 notifications in Acme')
    const page = 'https://duely.example/w/wsp_3/tasks/tsk_7'
    expect(text).toContain(`- Ben assigned OPS-42 Fix the pump to you\n  Due: `)
    expect(text).toContain(`- Ben moved OPS-42 Fix the pump to “In progress”\n`)
    expect(text).toContain(`  > Fix the pump\n  > Ben\n  ${page}\n`)
    expect(text).toMatch(/- Reminder: OPS-42 Fix the pump\n {2}Late by: 3 minutes\n/)
    expect(text).toMatch(/- Escalation: OPS-42 Fix the pump\n {2}Overdue since: Tuesday/)
    expect(text).toContain(`${page}\nand 2 more\n\nOpen the workspace\n`)
    expect(html.match(new RegExp(`href="${page}"`, 'g'))).toHaveLength(11)
    expect(render(several({ count: 11 })).text).not.toContain('more')
  })

  it('lists what the day brings, and leaves out what it does not', () => {
    const { subject, text } = render(aDigest())
    expect(subject).toBe('Your day in Acme: Tuesday, May 5, 2026')
    expect(text).toContain('Unread notifications: 3\n\n1 task is overdue\n- OPS-42 Fix the pump\n')
    expect(text).toContain('25 tasks are due today\n- OPS-43 Order seals\n')
    expect(text).toContain('https://duely.example/w/wsp_3/tasks/tsk_44\nand 23 more\n')
    const bare = render(aDigest({ overdue: [], overdueCount: 0, unreadCount: 0 })).text
    expect(bare).not.toMatch(/overdue|Unread/)
  })

  it('sums up a week', () => {
    const { subject, text } = render(aWeek())
    expect(subject.replace(/\s/gu, ' ')).toBe('Your week in Acme: April 27 – May 3, 2026')
    expect(text).toContain('Open tasks: 12\nOverdue tasks: 2\n\n1 task was completed\n')
    expect(text).toContain('2 tasks are due in the next seven days\n')
  })

  it('says which webhook is off and since when, and makes no link of its address', () => {
    const { subject, text } = render(aDisabledWebhook())
    expect(subject.replaceAll('\u200B', '')).toBe('A webhook was switched off: https://hooks.example')
    expect(text).toMatch(/Failing since: Friday, May 1, 2026 at 8:00\sAM\n/u)
    expect(text).toContain('Open the webhook\nhttps://duely.example/w/wsp_3/webhooks/whk_8\n')
    expect(text).not.toContain('https://hooks')
  })

  it('counts in the plural forms of Arabic', () => {
    const subjects = [1, 2, 3, 11, 100].map((count) => render(aBulk({ count }), { language: 'ar' }).subject)
    expect(subjects).toEqual([
      'أُسندت إليك مهمة واحدة من Ben',
      'أُسندت إليك مهمتان من Ben',
      'أُسندت إليك 3 مهام من Ben',
      'أُسندت إليك 11 مهمة من Ben',
      'أُسندت إليك 100 مهمة من Ben',
    ])
  })

  it('leaves the due line out when nothing is due', () => {
    const { due: _, ...undated } = aTask()
    expect(render(anAssignment({ task: undated })).text).not.toContain('Due')
  })

  it('shows the time of the reminder on the clock of the reader', () => {
    const { subject, text } = render(aReminder(), { zone: 'America/New_York' })
    expect(subject).toBe('Reminder: Fix the pump (OPS-42)')
    expect(text).toMatch(/Due: Tuesday, May 5, 2026 at 9:00\sAM \(Europe\/Berlin\)\n/u)
    expect(text).toMatch(/Reminder set for: Tuesday, May 5, 2026 at 2:00\sAM\n/u)
    expect(text).not.toMatch(/late/i)
  })

  it('marks a late reminder in subject, first line and facts, with its delay', () => {
    const { subject, text, html } = render(aLateReminder())
    expect(subject).toBe('Late reminder: Fix the pump (OPS-42)')
    expect(text).toMatch(
      /^\*\*\* This reminder is late\. It was set for Tuesday, May 5, 2026 at 8:00\sAM\. Delay: 3 minutes\. \*\*\*\n/u,
    )
    expect(text).toContain('Late by: 3 minutes\n')
    expect(html).toContain('<p class="alert"')
    expect(render(aReminder()).html).not.toContain('<p class="alert"')
  })

  it('marks lateness in every language', () => {
    for (const language of languages) {
      const late = render(aLateReminder(), { language })
      const onTime = render(aReminder(), { language })
      expect(late.subject).not.toBe(onTime.subject)
      expect(late.text).toMatch(/^\*\*\* .*3/u)
    }
  })

  it('says who invites where, as what and until when', () => {
    const { subject, text } = render(anInvitation())
    expect(subject).toBe('Ben invites you to Acme')
    expect(text).toContain('Ben invites you to work together in Acme.')
    expect(text).toMatch(
      /Workspace: Acme\nInvited by: Ben\nRole: Member\nValid until: Tuesday, May 12, 2026 at 8:00\sAM\n/u,
    )
    expect(text).toContain('https://duely.example/invitations/wsp_3/inv_5\n')
  })

  it('names five different roles in every language', () => {
    for (const language of languages) {
      const texts = roles.map((role) => render(anInvitation({ role }), { language }).text)
      expect(new Set(texts).size).toBe(roles.length)
    }
  })

  it('makes of an inviter’s words nothing that mail programs turn into a link', () => {
    const { text, html, subject } = render(
      anInvitation({ workspaceName: 'Prize at https://evil.example/win', by: 'www.evil.example' }),
    )
    for (const part of [text, visibleText(html), subject])
      expect(part).not.toMatch(/evil\.example|https:\/\/evil/)
    expect(text.replaceAll('\u200B', '')).toContain('Workspace: Prize at https://evil.example/win\n')
  })

  it('shortens a title of 500 characters in the subject and keeps it whole in the mail', () => {
    const title = `${'long '.repeat(99)}title`
    const { subject, text, html } = render(anAssignment({ task: aTask({ title }), by: 'B'.repeat(100) }))
    expect([...subject].length).toBeLessThan(160)
    expect(subject).toMatch(/^B{39}… assigned OPS-42 to you: (long )+.*…$/u)
    expect(text).toContain(title)
    expect(visibleText(html)).toContain(title)
  })

  it('finds words for names that show nothing', () => {
    for (const notice of everyKind('\u200B\u202E')) {
      const { text, subject } = render(notice, { name: '\u202E' })
      expect(text).toContain('Hello,\n')
      expect(text).not.toMatch(/: \n/)
      expect(subject).not.toMatch(/^ | {2}/)
    }
    expect(render(anAssignment({ task: aTask({ title: '\u200B' }) })).subject).toContain(
      'OPS-42 to you: OPS-42',
    )
    expect(render(anAssignment({ by: '\u200B' })).subject).toMatch(/^Somebody assigned/)
    expect(render(anInvitation({ workspaceName: '\u200B' })).subject).toBe('Ben invites you to Unnamed')
  })

  it('writes every kind in every language in other words', () => {
    for (const [index, english] of everyKind('Pump').entries()) {
      const subjects = languages.map(
        (language) => render(everyKind('Pump')[index] ?? english, { language }).subject,
      )
      expect(new Set(subjects).size).toBe(languages.length)
    }
  })

  it('leaves no placeholder and no trace of a missing value', () => {
    for (const language of languages) {
      for (const notice of everyKind('Pump')) {
        const { subject, text, html, headers, to } = render(notice, { language })
        const everything = [subject, text, visibleText(html), JSON.stringify([headers, to])].join('\n')
        expect(everything.replace(/[{}](?="|\]|,)|(?<=[[,]){/g, '')).not.toMatch(
          /[{}]|undefined|null|NaN|\[object|Invalid Date/,
        )
      }
    }
  })

  it('escapes identifiers in links', () => {
    const task = aTask({ workspaceId: '../x', id: 'a"b/c?d#e' })
    const url = 'https://duely.example/w/..%2Fx/tasks/a%22b%2Fc%3Fd%23e'
    const { text, html } = render(anAssignment({ task }))
    expect(text).toContain(`\n${url}\n`)
    expect(html).toContain(`<a href="${url}"`)
  })

  it('sets values that run against the text apart', () => {
    const arabicTitle = render(anAssignment({ task: aTask({ title: 'إصلاح (المضخة)' }) })).text
    expect(arabicTitle).toContain('Task: \u2068OPS-42 إصلاح (المضخة)\u2069\n')
    const arabicReader = render(anAssignment(), { language: 'ar' }).text
    expect(arabicReader).toContain('المهمة: \u2068OPS-42 Fix the pump\u2069\n')
    expect(render(anAssignment()).text).not.toMatch(/[\u2066-\u2069]/u)
  })
})
