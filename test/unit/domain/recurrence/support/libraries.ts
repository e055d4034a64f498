/** Two libraries as oracles, and where each is known to leave RFC 5545. */
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'

const compact = (date: string): string => date.replaceAll('-', '')
/** Both take an UNTIL of the same form as the beginning. */
const timed = (text: string): string => text.replace(/(UNTIL=\d{8})$/, '$1T000000Z')

export const byRrule = (text: string, anchor: string, horizon: string): string[] =>
  rrule
    .rrulestr(`DTSTART:${compact(anchor)}T000000Z\nRRULE:${timed(text)}`)
    .between(new Date(`${anchor}T00:00Z`), new Date(`${horizon}T00:00Z`), true)
    .map((date) => date.toISOString().slice(0, 10))

export const byTemporal = (text: string, anchor: string, horizon: string, more = ''): string[] =>
  new RRuleTemporal({ rruleString: `DTSTART:${compact(anchor)}T000000Z\nRRULE:${timed(text)}${more}` })
    .between(new Date(`${anchor}T00:00Z`), new Date(`${horizon}T00:00Z`), true)
    .map((date) => date.toPlainDate().toString())

export interface Stray {
  readonly reason: string
  readonly concerns: (text: string, anchor: string) => boolean
  /** Rule and anchor for which the library answers otherwise. */
  readonly example: readonly [string, string]
}

const valuesOf = (text: string, part: string): string[] =>
  new RegExp(`${part}=([^;]*)`).exec(text)?.[1]?.split(',') ?? []
const has = (text: string, part: string): boolean => valuesOf(text, part).length > 0
const hasPositions = (text: string): boolean => valuesOf(text, 'BYDAY').some((day) => day.length > 2)
const mixesPositions = (text: string): boolean =>
  hasPositions(text) && valuesOf(text, 'BYDAY').some((day) => day.length === 2)

export const straysOfRrule: readonly Stray[] = [
  {
    reason: 'takes BYDAY=MO,1TU for "a Monday that is also the first Tuesday"; RFC 5545: a list of days',
    concerns: mixesPositions,
    example: ['FREQ=MONTHLY;BYDAY=SU,-1MO', '2026-01-31'],
  },
  {
    reason: 'gives all seven days of BYWEEKNO without BYDAY; RFC 5545: what is missing is taken from DTSTART',
    concerns: (text) => has(text, 'BYWEEKNO') && !/BYDAY|BYMONTHDAY|BYYEARDAY/.test(text),
    example: ['FREQ=YEARLY;BYWEEKNO=20', '2026-01-31'],
  },
  {
    reason: 'takes a position before the start of a set (BYSETPOS=-2 of one day) for its first',
    concerns: (text) => valuesOf(text, 'BYSETPOS').some((position) => Number(position) < -1),
    example: ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-2', '2026-11-21'],
  },
  {
    reason: 'begins the first week on the day of DTSTART, so that BYSETPOS counts only what is left of it',
    concerns: (text) => text.includes('WEEKLY') && has(text, 'BYSETPOS'),
    example: ['FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;WKST=SU', '2025-12-29'],
  },
]

export const straysOfTemporal: readonly Stray[] = [
  {
    reason: 'drops the plain days of a BYDAY that has positions besides, within a year',
    concerns: (text) => text.includes('YEARLY') && mixesPositions(text),
    example: ['FREQ=YEARLY;BYDAY=SU,-1TH', '2025-12-29'],
  },
  {
    reason: 'lets positions of BYDAY add days to BYYEARDAY; RFC 5545, note 2: BYDAY limits there',
    concerns: (text) => text.includes('YEARLY') && has(text, 'BYDAY') && has(text, 'BYYEARDAY'),
    example: ['FREQ=YEARLY;BYYEARDAY=60,100,365;BYDAY=-1SA', '2026-11-21'],
  },
  {
    reason: 'takes the 53rd Wednesday of a year that has 52 for the first of the next',
    concerns: (text) => /53[A-Z]/.test(text),
    example: ['FREQ=YEARLY;BYDAY=53WE', '2026-01-31'],
  },
  {
    reason:
      'counts days of a week in the year the week belongs to: INTERVAL and BYSETPOS then part days of one January',
    concerns: (text) => /BYWEEKNO=.*BYSETPOS|INTERVAL=.*BYWEEKNO/.test(text),
    example: ['FREQ=YEARLY;INTERVAL=2;BYWEEKNO=53;BYDAY=SU', '2027-01-01'],
  },
  {
    reason: 'ignores BYMONTHDAY beside BYWEEKNO',
    concerns: (text) => has(text, 'BYWEEKNO') && has(text, 'BYMONTHDAY'),
    example: ['FREQ=YEARLY;BYWEEKNO=52;BYMONTHDAY=28,30', '2024-02-29'],
  },
]
