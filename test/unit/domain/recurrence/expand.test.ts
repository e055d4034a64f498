import { describe, expect, test } from 'vitest'
import { bruteForce } from './support/bruteForce.ts'
import { anchors, rules } from './support/cases.ts'
import { byRrule, byTemporal, type Stray, straysOfRrule, straysOfTemporal } from './support/libraries.ts'
import { instancesOf } from './support/ours.ts'

const horizonOf = (anchor: string): string => `${Number(anchor.slice(0, 4)) + 7}-06-30`
const cases = rules.flatMap((rule) => anchors.map((anchor) => [rule, anchor] as const))
const isStray = (strays: readonly Stray[], rule: string, anchor: string): boolean =>
  strays.some(({ concerns }) => concerns(rule, anchor))

const libraries = [
  ['rrule', byRrule, straysOfRrule],
  ['rrule-temporal', byTemporal, straysOfTemporal],
] as const

describe.each(libraries)('where %s leaves RFC 5545', (_name, library, strays) => {
  test.each(strays)('it $reason', ({ example: [rule, anchor], concerns }) => {
    const horizon = horizonOf(anchor)
    const right = bruteForce(rule, anchor, 'skip', horizon)
    expect(concerns(rule, anchor)).toBe(true)
    expect(instancesOf(rule, anchor, 'skip', horizon)).toEqual(right)
    expect(library(rule, anchor, horizon)).not.toEqual(right)
  })
})

describe('the days of a rule', () => {
  test('each rule has something to say from some anchor', () => {
    expect(cases.length).toBeGreaterThan(450)
    const speaks = (rule: string) => (anchor: string) =>
      bruteForce(rule, anchor, 'clamp', horizonOf(anchor)).length > 1
    expect(rules.filter((rule) => !anchors.some(speaks(rule)))).toEqual([])
  })

  test.each(cases)(
    '%s from %s: as every day looked at by itself says, and both libraries',
    (rule, anchor) => {
      const horizon = horizonOf(anchor)
      for (const monthEnd of ['clamp', 'skip'] as const)
        expect(instancesOf(rule, anchor, monthEnd, horizon)).toEqual(
          bruteForce(rule, anchor, monthEnd, horizon),
        )
      const skipping = instancesOf(rule, anchor, 'skip', horizon)
      if (!isStray(straysOfRrule, rule, anchor)) expect(byRrule(rule, anchor, horizon)).toEqual(skipping)
      if (!isStray(straysOfTemporal, rule, anchor))
        expect(byTemporal(rule, anchor, horizon)).toEqual(skipping)
    },
  )
})

describe('months that lack the day', () => {
  const skipBackward = ';RSCALE=GREGORIAN;SKIP=BACKWARD'

  test.each([
    [29, '2026-01-29', 'FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1'],
    [30, '2026-01-30', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'],
    [31, '2026-01-31', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ])('clamped, the %ith is the last of the days up to it that the month has', (day, anchor, lastUpToIt) => {
    const horizon = '2040-12-31'
    const expected = byRrule(lastUpToIt, anchor, horizon)
    expect(expected).toContain('2027-02-28')
    expect(instancesOf('FREQ=MONTHLY', anchor, 'clamp', horizon)).toEqual(expected)
    expect(instancesOf(`FREQ=MONTHLY;BYMONTHDAY=${day}`, anchor, 'clamp', horizon)).toEqual(expected)
    expect(byTemporal('FREQ=MONTHLY', anchor, horizon, skipBackward)).toEqual(expected)
  })

  test('clamped, 29 February is the 28th in common years; skipped, it is in leap years alone', () => {
    const horizon = '2035-12-31'
    const clamped = instancesOf('FREQ=YEARLY', '2024-02-29', 'clamp', horizon)
    expect(clamped).toEqual(byTemporal('FREQ=YEARLY', '2024-02-29', horizon, skipBackward))
    expect(clamped.slice(0, 5)).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
    expect(instancesOf('FREQ=YEARLY', '2024-02-29', 'skip', horizon)).toEqual([
      '2024-02-29',
      '2028-02-29',
      '2032-02-29',
    ])
  })

  test('clamped days that meet in one month are one', () => {
    expect(instancesOf('FREQ=MONTHLY;BYMONTHDAY=29,30,31', '2027-01-30', 'clamp', '2027-03-29')).toEqual([
      '2027-01-30',
      '2027-01-31',
      '2027-02-28',
      '2027-03-29',
    ])
  })

  test('a century without a leap day is common', () => {
    expect(instancesOf('FREQ=YEARLY', '2096-02-29', 'skip', '2105-01-01')).toEqual([
      '2096-02-29',
      '2104-02-29',
    ])
    expect(instancesOf('FREQ=YEARLY', '2096-02-29', 'clamp', '2101-01-01').at(-1)).toBe('2100-02-28')
  })
})
