import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Recurrence } from '../../../../shared/api/schemas/recurrence.ts'
import type { ZonedMoment } from '../../../../shared/api/schemas/time.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import {
  nextRecurrence,
  previewOccurrences,
  startRecurrence,
} from '../../../../shared/domain/recurrence/recurrence.ts'
import { instantOf } from '../../../../shared/domain/time/instants.ts'
import { wallAt } from '../support/wallClock.ts'
import * as arbitrary from './support/arbitraries.ts'
import { instancesOf } from './support/ours.ts'

interface Begun {
  readonly start: Recurrence
  readonly zone: string
}

/** Recurrences of rules that fire, with an instant at which the first is completed. */
const begun = (from: Recurrence['from']): fc.Arbitrary<Begun & { now: string }> =>
  fc
    .tuple(arbitrary.input(fc.constant(from)), arbitrary.due)
    .map(([input, due]) => started(input, due))
    .filter((one): one is Begun => one !== undefined)
    .chain((one) => arbitrary.instantNear(one.start.anchor).map((now) => ({ ...one, now })))

const started = (input: Parameters<typeof startRecurrence>[0], due: ZonedMoment): Begun | undefined => {
  try {
    return { start: startRecurrence(input, due), zone: due.zone }
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

const horizon = '2045-12-31'
const isWithin = (wall: string): boolean => wall.slice(0, 10) <= horizon
/** What the rule gives after the anchor, without what is excluded, found by expanding it as a whole. */
const ahead = ({ start, zone }: Begun): string[] =>
  instancesOf(start.rule, start.anchor, start.monthEnd, horizon, zone).filter(
    (wall) => wall > start.anchor && !start.exclude.includes(wall.slice(0, 10)),
  )
/** Whether a wall value lies in the future, by the clock on the wall and by the instant. */
const isAhead = (wall: string, zone: string, now: string): boolean =>
  wall.length === 10 ? wall > wallAt(Date.parse(now), zone).slice(0, 10) : instantOf(wall, zone) > now
const dueInstant = (recurrence: Recurrence, zone: string): string => instantOf(recurrence.occurrence, zone)

/** Completes again and again, each when it is due, `count` times at most. */
const completedInTime = ({ start, zone }: Begun, count: number): string[] => {
  const found: string[] = []
  let present: Recurrence | undefined = start
  while (present !== undefined && found.length < count) {
    present = nextRecurrence(present, zone, dueInstant(present, zone))
    if (present !== undefined) found.push(present.occurrence)
  }
  return found
}

const runs = { numRuns: 300 }

describe('from schedule', () => {
  test('the next is strictly later, one of the dates of the rule from the anchor, and not excluded', () => {
    fc.assert(
      fc.property(begun('schedule'), ({ now, ...one }) => {
        const next = nextRecurrence(one.start, one.zone, now)
        if (next === undefined || !isWithin(next.occurrence)) return
        expect(next.occurrence > one.start.occurrence).toBe(true)
        expect(ahead(one)).toContain(next.occurrence)
        expect(next).toEqual({ ...one.start, occurrence: next.occurrence, number: next.number })
        expect(next.number).toBeGreaterThan(1)
      }),
      runs,
    )
  })

  test('which it is follows from what has passed: skip all, the latest of it, or each', () => {
    fc.assert(
      fc.property(begun('schedule'), ({ now, ...one }) => {
        const dates = ahead(one)
        const firstAhead = dates.findIndex((wall) => isAhead(wall, one.zone, now))
        const missed = firstAhead < 0 ? dates : dates.slice(0, firstAhead)
        const future = firstAhead < 0 ? undefined : dates[firstAhead]
        const expected = { skip: future, one: missed.at(-1) ?? future, all: dates[0] }[one.start.catchUp]
        const next = nextRecurrence(one.start, one.zone, now)?.occurrence
        expect(next !== undefined && isWithin(next) ? next : undefined).toBe(expected)
      }),
      runs,
    )
  })

  test('one that was caught up leads to the future', () => {
    fc.assert(
      fc.property(begun('schedule'), ({ now, start, zone }) => {
        const caughtUp = nextRecurrence({ ...start, catchUp: 'one' }, zone, now)
        const after = caughtUp && nextRecurrence(caughtUp, zone, now)
        if (after !== undefined) expect(isAhead(after.occurrence, zone, now)).toBe(true)
      }),
      runs,
    )
  })

  test('the phase is kept: late completions end up on the same dates as those in time', () => {
    fc.assert(
      fc.property(begun('schedule'), fc.array(fc.nat(200_000), { maxLength: 6 }), (one, delays) => {
        const dates = new Set(ahead(one))
        let present: Recurrence | undefined = one.start
        for (const delay of delays) {
          const late = new Date(Date.parse(dueInstant(present, one.zone)) + delay * 60_000).toISOString()
          present = nextRecurrence(present, one.zone, late)
          if (present === undefined || !isWithin(present.occurrence)) return
          expect(dates).toContain(present.occurrence)
        }
      }),
      runs,
    )
  })

  test('completing k times in time equals asking for k dates, equals those of the rule', () => {
    fc.assert(
      fc.property(begun('schedule'), fc.integer({ min: 1, max: 12 }), (one, count) => {
        const preview = previewOccurrences(one.start, one.zone, '1970-01-01T00:00:00.000Z', count)
        expect(completedInTime(one, count)).toEqual(preview)
        const dates = ahead(one).slice(0, count)
        expect(preview.filter(isWithin)).toEqual(dates)
      }),
      runs,
    )
  })

  test('completing each, whenever, is done after as many as the rule has', () => {
    fc.assert(
      fc.property(begun('schedule'), ({ now, ...one }) => {
        if (!/COUNT/.test(one.start.rule)) return
        let present: Recurrence | undefined = { ...one.start, catchUp: 'all' }
        const found: string[] = []
        while (present !== undefined) {
          present = nextRecurrence(present, one.zone, now)
          if (present !== undefined) found.push(present.occurrence)
        }
        expect(found.filter(isWithin)).toEqual(ahead(one))
      }),
      runs,
    )
  })
})

describe('from completion', () => {
  test('the next is later than the day of completion and than the present one, at the same time of day', () => {
    fc.assert(
      fc.property(begun('completion'), ({ start, zone, now }) => {
        const next = nextRecurrence(start, zone, now)
        if (next === undefined) return
        expect(next.occurrence.slice(0, 10) > wallAt(Date.parse(now), zone).slice(0, 10)).toBe(true)
        expect(next.occurrence > start.occurrence).toBe(true)
        expect(next.occurrence.slice(10)).toBe(start.occurrence.slice(10))
        expect(next.number).toBe(start.number + 1)
        expect(start.exclude).not.toContain(next.occurrence.slice(0, 10))
      }),
      runs,
    )
  })

  test('it is the first date of the rule as if that began on the day of completion', () => {
    fc.assert(
      fc.property(begun('completion'), ({ start, zone, now }) => {
        const day = wallAt(Date.parse(now), zone).slice(0, 10)
        const rule = start.rule.replace(/;COUNT=\d+/, '')
        const dates = instancesOf(rule, day + start.anchor.slice(10), start.monthEnd, horizon, zone)
        const expected = dates.find(
          (wall) =>
            wall.slice(0, 10) > day && wall > start.occurrence && !start.exclude.includes(wall.slice(0, 10)),
        )
        const next = nextRecurrence({ ...start, rule }, zone, now)?.occurrence
        expect(next !== undefined && isWithin(next) ? next : undefined).toBe(expected)
      }),
      runs,
    )
  })

  test('completing k times in time equals asking for k dates, and COUNT counts completions', () => {
    fc.assert(
      fc.property(begun('completion'), fc.integer({ min: 1, max: 40 }), (one, count) => {
        const preview = previewOccurrences(one.start, one.zone, '1970-01-01T00:00:00.000Z', count)
        expect(completedInTime(one, count)).toEqual(preview)
        const most = Number(/COUNT=(\d+)/.exec(one.start.rule)?.[1] ?? Number.POSITIVE_INFINITY)
        expect(preview.length).toBeLessThan(most)
      }),
      runs,
    )
  })
})
