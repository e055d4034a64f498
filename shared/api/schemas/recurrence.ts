import * as z from 'zod/mini'

/** Characters of RFC 5545 rule text; what the rule may say is decided by the domain. */
const ruleText = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(500),
    z.regex(/^[\w=;,:+-]+$/, { error: 'must be a recurrence rule such as FREQ=WEEKLY;BYDAY=MO' }),
  )

/** A day or a local time; that the day exists is checked by the domain. */
const wallValue = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$/, {
    error: 'must be a date such as 2026-02-28 or a local time such as 2026-11-21T09:00',
  }),
)

/** What the next date is counted from: the rule's own days, or the day on which the task was completed. */
const from = z.enum(['schedule', 'completion'])
/** What becomes of dates that passed while the task was open: none, the latest of them, or each. */
const catchUp = z.enum(['skip', 'one', 'all'])
/** What becomes of the 31st in a month of thirty days: its last day, or nothing. */
const monthEnd = z.enum(['clamp', 'skip'])

export const recurrenceInput = z.strictObject({
  /** RFC 5545 section 3.3.10, with or without `RRULE:`; no part finer than a day. */
  rule: ruleText,
  from: z._default(from, 'schedule'),
  catchUp: z._default(catchUp, 'skip'),
  monthEnd: z._default(monthEnd, 'clamp'),
  /** Dates of the rule that are left out. They count towards COUNT. */
  exclude: z._default(z.array(wallValue).check(z.maxLength(100)), []),
})
export type RecurrenceInput = z.infer<typeof recurrenceInput>

export const recurrence = z.strictObject({
  rule: z.string(),
  from,
  catchUp,
  monthEnd,
  exclude: z.array(z.string()),
  /** Date or local time that the rule is expanded from. */
  anchor: z.string(),
  /** Date or local time that the rule gave the present due date; `due` differs when only this one was moved. */
  occurrence: z.string(),
  /** How many dates the rule has given up to this one, those left out or passed over included. */
  number: z.int(),
})
export type Recurrence = z.infer<typeof recurrence>
