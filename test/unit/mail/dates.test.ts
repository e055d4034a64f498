import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { formatDue, formatDuration, formatInstant } from '../../../shared/mail/dates.ts'

/** Intl separates with kinds of no-break space that vary with its data. */
const spaced = (text: string) => text.replace(/\s/gu, ' ')

describe('formatInstant', () => {
  it('shows the instant on the clock of the zone, in the words of the language', () => {
    const instant = '2026-05-05T22:30:00Z'
    expect(spaced(formatInstant(instant, 'en', 'UTC'))).toBe('Tuesday, May 5, 2026 at 10:30 PM')
    expect(spaced(formatInstant(instant, 'de', 'Europe/Berlin'))).toBe('Mittwoch, 6. Mai 2026 um 00:30')
    expect(spaced(formatInstant(instant, 'fr', 'America/New_York'))).toBe('mardi 5 mai 2026 à 18:30')
    expect(spaced(formatInstant(instant, 'es', 'Asia/Kolkata'))).toBe('miércoles, 6 de mayo de 2026, 4:00')
    expect(spaced(formatInstant(instant, 'ja', 'Asia/Tokyo'))).toBe('2026年5月6日水曜日 7:30')
    expect(formatInstant(instant, 'ar', 'Africa/Cairo')).toMatch(/الأربعاء.*6 مايو 2026.*1:30/u)
  })

  it('follows the change of clocks', () => {
    expect(formatInstant('2026-03-29T00:59:00Z', 'de', 'Europe/Berlin')).toContain('01:59')
    expect(formatInstant('2026-03-29T01:00:00Z', 'de', 'Europe/Berlin')).toContain('03:00')
  })

  it('refuses an instant or a zone that does not exist', () => {
    expect(() => formatInstant('soon', 'en', 'UTC')).toThrow(RangeError)
    expect(() => formatInstant('2026-05-05T22:30:00Z', 'en', 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('formatDue', () => {
  it('shows a day without a time, the same day for every reader', () => {
    const due = { date: '2026-05-05', zone: 'Pacific/Kiritimati' }
    expect(formatDue(due, 'en', 'Pacific/Kiritimati')).toBe('Tuesday, May 5, 2026')
    expect(formatDue(due, 'en', 'Pacific/Pago_Pago')).toBe('Tuesday, May 5, 2026 (Pacific/Kiritimati)')
  })

  it('shows a wall time as it is, naming the zone only to readers in another', () => {
    const due = { dateTime: '2026-05-05T09:00', zone: 'Asia/Tokyo' }
    expect(formatDue(due, 'de', 'Asia/Tokyo')).toBe('Dienstag, 5. Mai 2026 um 09:00')
    expect(formatDue(due, 'de', 'Europe/Berlin')).toBe('Dienstag, 5. Mai 2026 um 09:00 (Asia/Tokyo)')
  })

  it('takes wall times with seconds and wall times that the clock skips', () => {
    expect(formatDue({ dateTime: '2026-03-29T02:30:00', zone: 'Europe/Berlin' }, 'de', 'Europe/Berlin')).toBe(
      'Sonntag, 29. März 2026 um 02:30',
    )
  })
})

describe('formatDuration', () => {
  const minute = 60_000
  it.each([
    [-5 * minute, '1 minute'],
    [0, '1 minute'],
    [89_000, '1 minute'],
    [3 * minute, '3 minutes'],
    [59.6 * minute, '1 hour'],
    [61 * minute, '1 hour, 1 minute'],
    [24 * 60 * minute, '1 day'],
    [(24 * 60 + 5) * minute, '1 day'],
    [(51 * 60 + 3) * minute, '2 days, 3 hours'],
  ])('shows %i ms as %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds, 'en')).toBe(expected)
  })

  it('uses the plural forms of each language', () => {
    const arabic = [1, 2, 3, 11].map((count) => formatDuration(count * minute, 'ar'))
    expect(arabic).toEqual(['دقيقة', 'دقيقتان', '3 دقائق', '11 دقيقة'])
    expect(formatDuration(60 * minute, 'de')).toBe('1 Stunde')
    expect(formatDuration(120 * minute, 'es')).toBe('2 horas')
    for (const language of languages) expect(formatDuration(3 * minute, language)).toMatch(/3/)
  })
})
