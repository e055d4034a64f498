import { describe, expect, test } from 'vitest'
import {
  anchorOf,
  instantOf,
  minutesBefore,
  overdueAt,
  wallTimeAt,
} from '../../../../shared/domain/time/instants.ts'
import { changesOf, offsetAt, wallAt } from '../support/wallClock.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const zones = Intl.supportedValuesOf('timeZone')
const changes = zones.flatMap((zone) =>
  changesOf(zone, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)).map((at) => ({ zone, at })),
)
const iso = (instant: number): string => new Date(instant).toISOString()
const localDate = (wall: string): string => wall.slice(0, 10)

/** Each wall time around a change with the first instant at which clocks show it. */
const shown = (zone: string, change: number): Map<string, number> => {
  const first = new Map<string, number>()
  for (let at = change - 150 * minuteMs; at <= change + 150 * minuteMs; at += minuteMs) {
    const wall = wallAt(at, zone)
    if (!first.has(wall)) first.set(wall, at)
  }
  return first
}

/** Wall times that clocks pass over at a change. */
const skipped = (zone: string, change: number): string[] => {
  const gap = offsetAt(change, zone) - offsetAt(change - minuteMs, zone)
  const begins = Date.parse(`${wallAt(change, zone)}Z`) - gap * minuteMs
  return Array.from({ length: Math.max(gap, 0) }, (_, n) => iso(begins + n * minuteMs).slice(0, 16))
}

/** By minutes: when the zone first shows a later date. */
const nextDayBegins = (date: string, zone: string): string => {
  let at = Date.parse(`${date}T00:00Z`)
  while (localDate(wallAt(at, zone)) > date) at -= 60 * minuteMs
  while (localDate(wallAt(at, zone)) <= date) at += 60 * minuteMs
  while (localDate(wallAt(at - minuteMs, zone)) > date) at -= minuteMs
  return iso(at)
}

describe('every change of clocks in 2026 and 2027, in every zone that has one', () => {
  test('the calendar of this machine knows them', () => {
    expect(new Set(changes.map(({ zone }) => zone)).size).toBeGreaterThan(100)
    const midnights = changes.filter(({ zone, at }) => wallAt(at - minuteMs, zone).endsWith('23:59'))
    expect(midnights.map(({ zone }) => zone)).toContain('Africa/Cairo')
    expect(offsetAt(Date.UTC(2026, 6, 1), 'Europe/Madrid')).toBe(120)
  })

  test('what clocks show is the first instant at which they show it', () => {
    const wrong = changes.flatMap(({ zone, at }) =>
      [...shown(zone, at)]
        .filter(([wall, instant]) => instantOf(wall, zone) !== iso(instant))
        .map(([wall]) => `${wall} ${zone}`),
    )
    expect(wrong).toEqual([])
  })

  test('what clocks show at an instant, minute by minute', () => {
    const minutes = Array.from({ length: 241 }, (_, n) => n - 120)
    const wrong = changes.flatMap(({ zone, at }) =>
      minutes
        .map((minute) => at + minute * minuteMs)
        .filter((instant) => wallTimeAt(iso(instant), zone) !== `${wallAt(instant, zone)}:00`)
        .map((instant) => `${iso(instant)} ${zone}`),
    )
    expect(wrong).toEqual([])
  })

  test('what clocks pass over moves forward by the gap', () => {
    const wrong = changes.flatMap(({ zone, at }) => {
      const gap = offsetAt(at, zone) - offsetAt(at - minuteMs, zone)
      return skipped(zone, at).filter((wall) => {
        const forward = iso(Date.parse(`${wall}Z`) + gap * minuteMs).slice(0, 16)
        return wallAt(Date.parse(instantOf(wall, zone)), zone) !== forward
      })
    })
    expect(wrong).toEqual([])
    expect(changes.flatMap(({ zone, at }) => skipped(zone, at)).length).toBeGreaterThan(1000)
  })

  test('a day is overdue when clocks first show the next one', () => {
    const wrong = changes.flatMap(({ zone, at }) =>
      [-dayMs, 0, dayMs]
        .map((shift) => localDate(wallAt(at + shift, zone)))
        .filter((date) => overdueAt({ date, zone }) !== nextDayBegins(date, zone))
        .map((date) => `${date} ${zone}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('moments', () => {
  test.each([
    ['2026-03-29T02:30', 'Europe/Madrid', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Madrid', '2026-10-25T00:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['2026-06-01T09:00:30', 'Asia/Kathmandu', '2026-06-01T03:15:30.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(instantOf(wall, zone)).toBe(instant)
    expect(overdueAt({ dateTime: wall, zone })).toBe(instant)
    expect(anchorOf({ dateTime: wall, zone })).toBe(instant)
  })

  test('a midnight that does not exist begins the day an hour later', () => {
    expect(overdueAt({ date: '2026-04-23', zone: 'Africa/Cairo' })).toBe('2026-04-23T22:00:00.000Z')
    expect(wallAt(Date.UTC(2026, 3, 23, 22), 'Africa/Cairo')).toBe('2026-04-24T01:00')
  })

  test.each([
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2028-02-28', 'UTC', '2028-02-29T00:00:00.000Z'],
    ['2026-02-28', 'Pacific/Kiritimati', '2026-02-28T10:00:00.000Z'],
  ])('%s in %s is overdue at %s', (date, zone, instant) => {
    expect(overdueAt({ date, zone })).toBe(instant)
  })

  test('a day reminds from nine in the morning where it lies, on days that change clocks as well', () => {
    for (const { zone, at } of changes) {
      const date = localDate(wallAt(at, zone))
      expect(wallAt(Date.parse(anchorOf({ date, zone })), zone)).toBe(`${date}T09:00`)
    }
  })

  test('clocks show whole seconds, also before 1970 and with offsets that are no whole hours', () => {
    expect(wallTimeAt('2026-06-01T03:15:30.999Z', 'Asia/Kathmandu')).toBe('2026-06-01T09:00:30')
    expect(wallTimeAt('1969-12-31T23:59:59.500Z', 'UTC')).toBe('1969-12-31T23:59:59')
    expect(wallTimeAt('2026-11-21T09:00:00+02:00', 'Pacific/Kiritimati')).toBe('2026-11-21T21:00:00')
  })

  test('minutes before are elapsed minutes, also across a change of clocks', () => {
    expect(minutesBefore('2026-03-29T07:00:00.000Z', 1440)).toBe('2026-03-28T07:00:00.000Z')
    expect(minutesBefore('2026-01-01T00:00:00.000Z', 0)).toBe('2026-01-01T00:00:00.000Z')
  })
})
