import { RRuleTemporal } from 'rrule-temporal'
import { describe, expect, test } from 'vitest'
import type { Recurrence, RecurrenceInput } from '../../../../shared/api/schemas/recurrence.ts'
import { nextRecurrence, startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { instantOf } from '../../../../shared/domain/time/instants.ts'
import { changesOf, wallAt } from '../support/wallClock.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const changes = Intl.supportedValuesOf('timeZone').flatMap((zone) =>
  changesOf(zone, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)).map((at) => ({ zone, at })),
)
const iso = (instant: number): string => new Date(instant).toISOString()
const dayAfter = (date: string, days: number): string => iso(Date.parse(date) + days * dayMs).slice(0, 10)
const input: RecurrenceInput = {
  rule: 'FREQ=DAILY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
}

/** A daily series that begins two days before a change; at times around those the clocks pass over or repeat. */
const seriesAround = (zone: string, at: number) => {
  const shown = [wallAt(at - minuteMs, zone), wallAt(at, zone), wallAt(at + 30 * minuteMs, zone)]
  const [between] = [iso(Date.parse(`${wallAt(at - minuteMs, zone)}Z`) + 31 * minuteMs).slice(0, 16)]
  const times = new Set([...shown, between].map((wall) => wall.slice(10)))
  const first = dayAfter(wallAt(at, zone).slice(0, 10), -2)
  return [...times].map((time) => first + time)
}
const cases = changes.flatMap(({ zone, at }) => seriesAround(zone, at).map((first) => ({ zone, at, first })))
const start = (first: string, zone: string, from: Recurrence['from'] = 'schedule'): Recurrence =>
  startRecurrence({ ...input, from }, { dateTime: first, zone })

/** The five wall values from the first on, and when they are due. */
const dueOf = (first: string, zone: string) =>
  [0, 1, 2, 3, 4].map((days) => {
    const wall = dayAfter(first.slice(0, 10), days) + first.slice(10)
    return { wall, due: Date.parse(instantOf(wall, zone)) }
  })

describe('every change of clocks in 2026 and 2027, in every zone that has one', () => {
  test('there are such zones, and series at times that clocks pass over or repeat', () => {
    expect(new Set(changes.map(({ zone }) => zone)).size).toBeGreaterThan(100)
    expect(cases.length).toBeGreaterThan(1000)
    const missing = cases.filter(({ zone, first }) =>
      dueOf(first, zone).some(({ wall, due }) => wallAt(due, zone) !== wall),
    )
    expect(missing.length).toBeGreaterThan(100)
  })

  test('completed when due, day follows day at the same wall time', () => {
    const wrong = cases.flatMap(({ zone, first }) => {
      const expected = dueOf(first, zone)
      let present: Recurrence | undefined = start(first, zone)
      const found = expected.map(({ due }) => {
        const { occurrence } = present ?? { occurrence: '' }
        present = present && nextRecurrence(present, zone, iso(due))
        return occurrence
      })
      return found.join() === expected.map(({ wall }) => wall).join()
        ? []
        : [`${first} ${zone} ${found.join()}`]
    })
    expect(wrong).toEqual([])
  })

  // RFC 5545 section 3.3.10 leaves out instances at local times that do not exist, and so does rrule-temporal. A task
  // is not to be lost for that: here such an instance moves forward by the gap, as section 3.3.5 has it for single times.
  test('due instants are those of another library, which leaves out those that clocks pass over', () => {
    const wrong = cases.flatMap(({ zone, first }) => {
      const shown = dueOf(first, zone).filter(({ wall, due }) => wallAt(due, zone) === wall)
      const compact = `${first.replaceAll(/[-:]/g, '')}00`
      const rruleString = `DTSTART;TZID=${zone}:${compact}\nRRULE:FREQ=DAILY;COUNT=${shown.length}`
      const others = new RRuleTemporal({ rruleString }).all().map((one) => one.epochMilliseconds)
      return others.join() === shown.map(({ due }) => due).join() ? [] : [`${first} ${zone}`]
    })
    expect(wrong).toEqual([])
  })

  test('completed at any time around the change, the next is the first that is due after it', () => {
    const wrong = cases.flatMap(({ zone, at, first }) => {
      const present = start(first, zone)
      const dues = dueOf(first, zone)
      const times = [-90, -30, -1, 0, 1, 15, 29, 45, 90].map((minutes) => at + minutes * minuteMs)
      const edges = dues.flatMap(({ due }) => [due - 1, due])
      return [...times, ...edges]
        .filter((now) => now < (dues[4]?.due ?? 0))
        .filter((now) => {
          const expected = dues.slice(1).find(({ due }) => due > now)
          return nextRecurrence(present, zone, iso(now))?.occurrence !== expected?.wall
        })
        .map((now) => `${first} ${zone} completed ${iso(now)}`)
    })
    expect(wrong).toEqual([])
  })

  test('counted from completion, the next is on the day after that of the clock there', () => {
    const wrong = cases.flatMap(({ zone, at, first }) => {
      const present = start(first, zone, 'completion')
      return [-90, -1, 0, 1, 90, 24 * 60]
        .map((minutes) => at + minutes * minuteMs)
        .filter((now) => {
          const expected = dayAfter(wallAt(now, zone).slice(0, 10), 1) + first.slice(10)
          return nextRecurrence(present, zone, iso(now))?.occurrence !== expected
        })
        .map((now) => `${first} ${zone} completed ${iso(now)}`)
    })
    expect(wrong).toEqual([])
  })

  test('a day stays open until its local midnight', () => {
    const wrong = changes.flatMap(({ zone, at }) => {
      const first = dayAfter(wallAt(at, zone).slice(0, 10), -2)
      const present = startRecurrence(input, { date: first, zone })
      return [-24 * 60, -180, -1, 0, 1, 180, 24 * 60]
        .map((minutes) => at + minutes * minuteMs)
        .filter((now) => {
          const today = wallAt(now, zone).slice(0, 10)
          return nextRecurrence(present, zone, iso(now))?.occurrence !== dayAfter(today, 1)
        })
        .map((now) => `${first} ${zone} completed ${iso(now)}`)
    })
    expect(wrong).toEqual([])
  })

  test('an UNTIL in UTC ends with the last that is due by then', () => {
    const countUntil = (until: number, first: string, zone: string): number => {
      const rule = `FREQ=DAILY;UNTIL=${iso(until).replaceAll(/[-:]|\.\d+/g, '')}`
      const series: RecurrenceInput = { ...input, rule, catchUp: 'all' }
      let present: Recurrence | undefined = startRecurrence(series, { dateTime: first, zone })
      let count = 0
      for (; present !== undefined; present = nextRecurrence(present, zone, iso(until))) count++
      return count
    }
    const wrong = cases.flatMap(({ zone, first }) => {
      const dues = dueOf(first, zone).map(({ due }) => due)
      return dues
        .slice(2, 3)
        .flatMap((due) => [due - 1000, due])
        .filter((until) => countUntil(until, first, zone) !== dues.filter((due) => due <= until).length)
        .map((until) => `${first} ${zone} until ${iso(until)}`)
    })
    expect(wrong).toEqual([])
  })
})
