import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NoticeKind } from '../../../../shared/api/schemas/notice.ts'
import { preferenceKinds } from '../../../../shared/api/schemas/preferences.ts'
import { type Occasion, planAfterWaiting, planFor } from '../../../../shared/domain/notices/plan.ts'
import { effectiveOf, productDefaults } from '../../../../shared/domain/notices/preferences.ts'
import { projectId } from '../support/builders.ts'

const zones = [
  ...['UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Chatham'],
  ...['Africa/Cairo', 'America/Havana', 'Asia/Kathmandu', 'America/Santiago', 'Antarctica/Troll'],
]

/** Hour and minute that clocks show, by `Intl` rather than by what is tested. */
const clockAt = (instant: string, zone: string): { time: string; minute: number; hour: number } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).format(new Date(instant))
  const [hour = 0, minute = 0] = parts.split(':').map(Number)
  return { time: parts.slice(0, 5), hour, minute }
}
const isQuietAt = (instant: string, { from, to }: { from: string; to: string }, zone: string): boolean => {
  const { time } = clockAt(instant, zone)
  return from < to ? time >= from && time < to : time >= from || time < to
}
/** Whether the clocks change within so many hours of an instant. */
const offsetAt = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).format(at)
const changesNear = (instant: string, zone: string, hours: number): boolean => {
  const at = Date.parse(instant)
  const name = (moment: number) => offsetAt(moment, zone).split('GMT')[1]
  return name(at - hours * 3_600_000) !== name(at + hours * 3_600_000)
}

const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const quietHours = fc.tuple(timeOfDay, timeOfDay).filter(([from, to]) => from !== to)
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((at) => new Date(at).toISOString())

const occasion: fc.Arbitrary<Occasion> = fc
  .record({
    kind: fc.constantFrom<NoticeKind>(...preferenceKinds),
    priority: fc.constantFrom('none' as const, 'high' as const, 'urgent' as const),
    zone: fc.constantFrom(...zones),
    now: instant,
    window: fc.constantFrom('now' as const, '5min' as const, 'hourly' as const, 'daily' as const),
    quiet: fc.option(quietHours),
    urgentPasses: fc.boolean(),
    hour: fc.integer({ min: 0, max: 23 }),
  })
  .map(({ kind, priority, zone, now, window, quiet, urgentPasses, hour }) => ({
    ...{ kind, zone, now, task: { projectId, priority } },
    preferences: {
      ...productDefaults,
      kinds: effectiveOf({ kinds: { [kind]: { inbox: true, mail: true } } }).kinds,
      mailWindow: window,
      quietHours: quiet === null ? null : { from: quiet[0], to: quiet[1] },
      urgentPasses,
      digest: { daily: true, weekly: true, hour },
    },
  }))

const leavesAt = (one: Occasion): string => {
  const { mail } = planFor(one)
  if (mail.when === 'never') throw new Error(`dropped: ${mail.why}`)
  return mail.when === 'now' ? one.now : mail.at
}

describe('the time at which a mail leaves', () => {
  test('a mail that is wanted is never lost, and never leaves before it was caused', () => {
    fc.assert(fc.property(occasion, (one) => leavesAt(one) >= one.now))
  })

  test('it lies outside the quiet hours, unless what is urgent may pass', () => {
    fc.assert(
      fc.property(occasion, (one) => {
        const { quietHours, urgentPasses } = one.preferences
        const at = leavesAt(one)
        if (urgentPasses && one.task?.priority === 'urgent') return at === one.now
        // An hour that the clocks repeat is reckoned by its first: see the tests of quiet hours.
        if (quietHours === null || changesNear(at, one.zone, 3)) return true
        return !isQuietAt(at, quietHours, one.zone)
      }),
    )
  })

  test('windows end at full five minutes, full hours and the hour of the digest, within their length', () => {
    fc.assert(
      fc.property(occasion, (one) => {
        const { mailWindow, digest } = one.preferences
        const at = leavesAt({
          ...one,
          task: undefined,
          preferences: { ...one.preferences, quietHours: null },
        })
        const waits = Date.parse(at) - Date.parse(one.now)
        expect(waits > 0).toBe(mailWindow !== 'now')
        if (mailWindow === 'now') return
        expect(Date.parse(at) % 60_000).toBe(0)
        const { minute, hour } = clockAt(at, one.zone)
        if (mailWindow === '5min') {
          expect(minute % 5).toBe(0)
          expect(waits).toBeLessThanOrEqual(5 * 60_000)
        }
        if (mailWindow === 'hourly') {
          expect(waits).toBeLessThanOrEqual(60 * 60_000)
          if (!changesNear(at, one.zone, 2)) expect(minute).toBe(0)
        }
        if (mailWindow === 'daily') {
          expect(waits).toBeLessThanOrEqual(26 * 60 * 60_000)
          if (!changesNear(at, one.zone, 3)) expect([hour, minute]).toEqual([digest.hour, 0])
        }
      }),
    )
  })

  test('what nobody can do without waits for quiet hours, for no window, and cannot be switched off', () => {
    const preferences = {
      ...productDefaults,
      ...{ mailWindow: 'daily' as const, quietHours: { from: '22:00', to: '07:00' } },
    }
    const about = { kind: 'webhookDisabled' as const, task: undefined, preferences, zone: 'UTC' }
    expect(planFor({ ...about, now: '2026-11-20T12:01:00.000Z' }).mail).toEqual({ when: 'now' })
    expect(planFor({ ...about, now: '2026-11-20T23:00:00.000Z' })).toEqual({
      withheld: null,
      mail: { when: 'later', at: '2026-11-21T07:00:00.000Z', why: 'quiet hours' },
    })
  })

  test('whatever falls into one night leaves together, at its end', () => {
    const night = (now: string) =>
      leavesAt({
        ...{ kind: 'assigned', task: undefined, zone: 'Europe/Madrid', now },
        preferences: { ...productDefaults, quietHours: { from: '22:00', to: '07:30' } },
      })
    const evening = '2026-11-20T21:00:00.000Z'
    expect(night('2026-11-20T20:59:59.999Z')).toBe('2026-11-20T20:59:59.999Z')
    expect(night(evening)).toBe('2026-11-21T06:30:00.000Z')
    expect(night('2026-11-21T03:12:00.000Z')).toBe('2026-11-21T06:30:00.000Z')
    expect(night('2026-11-21T06:30:00.000Z')).toBe('2026-11-21T06:30:00.000Z')
  })

  test('a window that ends in quiet hours is prolonged to their end', () => {
    const { mail } = planFor({
      ...{ kind: 'assigned', task: undefined, zone: 'UTC', now: '2026-11-20T21:40:00.000Z' },
      preferences: { ...productDefaults, mailWindow: 'hourly', quietHours: { from: '22:00', to: '07:13' } },
    })
    expect(mail).toEqual({ when: 'later', at: '2026-11-21T07:13:00.000Z', why: 'quiet hours' })
  })

  test('after waiting the window plays no part, quiet hours do', () => {
    const one: Occasion = {
      ...{ kind: 'assigned', task: undefined, zone: 'UTC', now: '2026-11-20T21:40:00.000Z' },
      preferences: { ...productDefaults, mailWindow: 'daily', quietHours: { from: '22:00', to: '07:00' } },
    }
    expect(planAfterWaiting(one).mail).toEqual({ when: 'now' })
    expect(planAfterWaiting({ ...one, now: '2026-11-20T22:00:00.000Z' }).mail).toMatchObject({
      at: '2026-11-21T07:00:00.000Z',
    })
  })
})

describe('quiet hours on days on which clocks change', () => {
  const quiet = (now: string, from: string, to: string) =>
    planFor({
      ...{ kind: 'assigned', task: undefined, zone: 'Europe/Madrid', now },
      preferences: { ...productDefaults, quietHours: { from, to } },
    }).mail

  test('end at the wall time, an hour earlier and later in elapsed time', () => {
    expect(quiet('2026-03-29T00:30:00.000Z', '22:00', '07:00')).toMatchObject({
      at: '2026-03-29T05:00:00.000Z',
    })
    expect(quiet('2026-10-25T00:30:00.000Z', '22:00', '07:00')).toMatchObject({
      at: '2026-10-25T06:00:00.000Z',
    })
  })

  test('an end that is skipped moves forward by the gap; of a doubled one the first counts', () => {
    expect(quiet('2026-03-29T00:30:00.000Z', '22:00', '02:30')).toMatchObject({
      at: '2026-03-29T01:30:00.000Z',
    })
    expect(quiet('2026-10-25T00:10:00.000Z', '22:00', '02:30')).toMatchObject({
      at: '2026-10-25T00:30:00.000Z',
    })
    expect(quiet('2026-10-25T01:10:00.000Z', '22:00', '02:30')).toEqual({ when: 'now' })
  })
})

describe('channels', () => {
  const plan = (own: Parameters<typeof effectiveOf>[0], kind: NoticeKind = 'commented') =>
    planFor({
      ...{ kind, zone: 'UTC', now: '2026-11-20T12:00:00.000Z', task: { projectId, priority: 'none' } },
      preferences: effectiveOf(own),
    })

  test('without choices all stands in the inbox, and all but status and what is due soon goes by mail', () => {
    for (const kind of preferenceKinds) {
      const { withheld, mail } = plan({}, kind)
      expect(withheld).toBeNull()
      expect(mail.when).toBe(kind === 'status' || kind === 'dueSoon' ? 'never' : 'now')
    }
  })

  test('a project inherits what it does not say', () => {
    const own = {
      kinds: { commented: { mail: false } },
      projects: { [projectId]: { commented: { inbox: false } } },
    }
    expect(plan(own)).toEqual({
      withheld: 'switched off in the preferences',
      mail: { when: 'never', why: 'switched off in the preferences' },
    })
    expect(plan({ ...own, projects: { [projectId]: { commented: { mail: true } } } })).toEqual({
      withheld: null,
      mail: { when: 'now' },
    })
  })

  test('many tasks assigned at once count as one assignment', () => {
    expect(plan({ kinds: { assigned: { mail: false } } }, 'bulk').mail.when).toBe('never')
  })

  test('what nobody can do without goes by mail whatever is chosen, and stands in no inbox', () => {
    for (const kind of ['invited', 'welcome', 'farewell', 'mfa'] as const)
      expect(plan({ mailWindow: 'daily', quietHours: { from: '00:00', to: '23:59' } }, kind)).toEqual({
        withheld: 'goes by mail only',
        mail: { when: 'now' },
      })
  })

  test('summaries go by mail unless they are switched off', () => {
    expect(plan({}, 'digest').mail.when).toBe('now')
    expect(plan({ digest: { daily: false } }, 'digest').mail.when).toBe('never')
    expect(plan({ digest: { daily: false } }, 'weekly').mail.when).toBe('now')
    expect(plan({ digest: { weekly: false } }, 'weekly').mail.when).toBe('never')
  })
})
