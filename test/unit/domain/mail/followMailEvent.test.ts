import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { mailEventMessage } from '../../../../shared/api/schemas/mailEvents.ts'
import { followMailEvent } from '../../../../shared/domain/mail/followMailEvent.ts'
import { newRow } from '../../../../shared/domain/notices/ledger.ts'
import { onMailEvents } from '../../../../shared/events/onMailEvents.ts'
import { iso, start, userOf, workspaceId } from '../support/builders.ts'
import { memoryLedger } from '../support/pipelineFakes.ts'
import { memorySuppressions } from '../support/suppressions.ts'

const message = {
  kind: 'digest',
  workspaceId,
  userId: userOf('ana'),
  at: iso(start),
  date: '2026-05-05',
} as const
const row = newRow(message, null, iso(start))
const later = '2026-05-05T07:00:00.000Z'

const world = async () => {
  const { ledger, rows } = memoryLedger()
  const { suppressions, all } = memorySuppressions()
  const first = { ...row, version: 1 }
  await ledger.write(first)
  return { ledger, suppressions, all, story: () => rows.get(row.id)?.story.slice(row.story.length) }
}

const mail = (over: object = {}) => ({
  messageId: 'ses-1',
  timestamp: '2026-05-05T06:59:00.000Z',
  tags: {
    'ses:configuration-set': ['duely-prod'],
    notice: [row.id],
    workspace: [row.workspaceId],
    user: [row.userId],
  },
  ...over,
})

/** As SES publishes them (Amazon SES Developer Guide, examples of event data). */
const bounce = (over: object = {}) => ({
  eventType: 'Bounce',
  mail: mail(),
  bounce: {
    feedbackId: '01000157c44f053b',
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [
      {
        emailAddress: 'Ana@Example.com',
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1',
      },
    ],
    timestamp: '2026-05-05T07:00:00Z',
    ...over,
  },
})
const complaint = (over: object = {}) => ({
  eventType: 'Complaint',
  mail: mail(),
  complaint: {
    complainedRecipients: [{ emailAddress: 'Ana <ana@example.com>' }],
    timestamp: later,
    complaintFeedbackType: 'abuse',
    ...over,
  },
})
const eventOf = (detail: object) => z.parse(mailEventMessage, { source: 'aws.ses', detail }).detail

describe('an event of the mail service', () => {
  test('that a mail bounces for good ends mails to the address, and stands in the story of the notice', async () => {
    const around = await world()
    const noted = await followMailEvent(eventOf(bounce()), around)
    expect(around.all.get('ana@example.com')).toMatchObject({ cause: 'bounced', at: later })
    expect(around.story()).toEqual([{ at: later, channel: 'mail', state: 'bounced', why: 'General' }])
    expect(noted).toEqual({ event: 'mail.bounced', noticeId: row.id, detail: 'General' })
  })

  test('that a mail is spam to somebody does the same', async () => {
    const around = await world()
    await followMailEvent(eventOf(complaint()), around)
    expect(around.all.get('ana@example.com')).toMatchObject({ cause: 'complained', at: later })
    expect(around.story()).toEqual([{ at: later, channel: 'mail', state: 'complained', why: 'abuse' }])
  })

  test('that comes again changes nothing', async () => {
    const around = await world()
    for (let n = 0; n < 3; n++) await followMailEvent(eventOf(bounce()), around)
    expect(around.story()).toHaveLength(1)
    expect(around.all.get('ana@example.com')?.version).toBe(1)
  })

  test.each([
    bounce({ bounceType: 'Transient', bounceSubType: 'MailboxFull' }),
    bounce({ bounceType: 'Undetermined', bounceSubType: 'Undetermined' }),
    complaint({ complaintFeedbackType: 'not-spam' }),
    { eventType: 'DeliveryDelay', mail: mail(), deliveryDelay: { delayType: 'MailboxFull' } },
    { eventType: 'Reject', mail: mail(), reject: { reason: 'Bad content' } },
  ])('that may pass, or says no harm, is only noted (%#)', async (detail) => {
    const around = await world()
    expect(await followMailEvent(eventOf(detail), around)).toMatchObject({
      event: 'mail.noted',
      noticeId: row.id,
    })
    expect(around.all.size).toBe(0)
    expect(around.story()).toEqual([])
  })

  test('about a mail without our tags, or a notice that has gone, still ends mails to the address', async () => {
    const around = await world()
    for (const tags of [undefined, {}, { notice: ['ntf_gone'], user: ['usr_x'] }, { notice: ['ntf_gone'] }]) {
      around.all.clear()
      await followMailEvent({ ...eventOf(bounce()), mail: mail({ tags }) } as never, around)
      expect(around.all.has('ana@example.com')).toBe(true)
    }
    expect(around.story()).toEqual([])
  })

  test('from the queue is parked when it is none, and does not hold up the others', async () => {
    const around = await world()
    const record = (messageId: string, content: object) => ({ messageId, body: JSON.stringify(content) })
    const Records = [
      record('1', { source: 'somebody', detail: bounce() }),
      record('2', { source: 'aws.ses', detail: { eventType: 'Click', mail: mail() } }),
      record('3', { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: bounce() }),
    ]
    const { batchItemFailures } = await onMailEvents(around)({ Records } as never)
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['1', '2'])
    expect(around.all.has('ana@example.com')).toBe(true)
  })
})
