import { describe, expect, test } from 'vitest'
import {
  type DigestPlan,
  type DigestSettings,
  firstPlan,
  movedOn,
  owedBy,
  replanned,
} from '../../../../shared/domain/digests/plan.ts'
import { userOf, workspaceId } from '../support/builders.ts'

const madrid: DigestSettings = { daily: true, weekly: true, hour: 8, zone: 'Europe/Madrid', weekStart: 'MO' }
const of = { workspaceId, userId: userOf('ana') }
// A Saturday.
const begun = (settings: Partial<DigestSettings> = {}, since = '2026-11-21T09:00:00.000Z') =>
  firstPlan(of, { ...madrid, ...settings }, since)

/** What a sweep at each of some instants hands on. */
const story = (plan: DigestPlan, ...instants: string[]) => {
  let present = plan
  return instants.map((now) => {
    if (present.at === null || present.at > now) return []
    const owed = owedBy(present, now)
    present = movedOn(present, owed, now)
    return owed.map(({ kind, date }) => `${kind} ${date}`)
  })
}

describe('when somebody gets a digest', () => {
  test('each day at the hour of their clock, and on the first day of their week one of the week before', () => {
    const plan = begun()
    expect(plan.at).toBe('2026-11-22T07:00:00.000Z')
    expect(
      story(
        plan,
        '2026-11-22T06:59:59.999Z',
        '2026-11-22T07:00:00.000Z',
        '2026-11-23T07:00:10.000Z',
        '2026-11-24T07:00:00.000Z',
      ),
    ).toEqual([[], ['digest 2026-11-22'], ['digest 2026-11-23', 'weekly 2026-11-22'], ['digest 2026-11-24']])
  })

  test('the week begins where they say', () => {
    expect(story(begun({ weekStart: 'SU' }), '2026-11-22T07:00:00.000Z')).toEqual([
      ['digest 2026-11-22', 'weekly 2026-11-21'],
    ])
  })

  test('only what they want', () => {
    expect(begun({ daily: false }).at).toBe('2026-11-23T07:00:00.000Z')
    expect(story(begun({ daily: false }), '2026-11-23T07:00:00.000Z')).toEqual([['weekly 2026-11-22']])
    expect(story(begun({ weekly: false }), '2026-11-23T07:00:00.000Z')).toEqual([['digest 2026-11-23']])
    expect(begun({ daily: false, weekly: false }).at).toBeNull()
  })

  test('none of a day whose hour had passed when they came', () => {
    expect(story(begun({}, '2026-11-23T07:00:00.000Z'), '2026-11-23T07:01:00.000Z')).toEqual([[]])
  })
})

describe('after an outage', () => {
  test('there is the digest of today and the summary of the last week, and nothing for what was missed', () => {
    expect(story(begun(), '2026-12-09T11:00:00.000Z', '2026-12-09T11:01:00.000Z')).toEqual([
      ['digest 2026-12-09', 'weekly 2026-12-06'],
      [],
    ])
  })

  test('that ends before the hour of the day there is none of the day before', () => {
    const moved = movedOn(begun(), [], '2026-11-25T02:00:00.000Z')
    expect(owedBy({ ...begun(), weekly: false }, '2026-11-25T02:00:00.000Z')).toEqual([])
    expect(moved.at).toBe('2026-11-25T07:00:00.000Z')
  })
})

describe('what was handed on by a plan that has changed since', () => {
  const now = '2026-11-23T07:00:00.000Z'
  const owed = owedBy(begun(), now)

  test('does not come again at another hour, and the days after it do', () => {
    const changed = replanned(begun(), { ...madrid, hour: 9 }, '2026-11-23T07:00:00.500Z')
    expect(changed.at).toBe('2026-11-23T08:00:00.000Z')
    expect(movedOn(changed, owed, now).at).toBe('2026-11-24T08:00:00.000Z')
  })

  test('takes nothing back of what was handed on since', () => {
    const later = '2026-11-30T07:00:00.000Z'
    const moved = movedOn(begun(), owedBy(begun(), later), later)
    expect(movedOn(moved, owed, now)).toEqual({ ...moved, version: moved.version + 1 })
  })
})

describe('when clocks change', () => {
  test('an hour that is skipped comes as much later, one that is doubled is the first', () => {
    // Madrid, 29 March 2026: from two to three; 25 October 2026: from three to two.
    const night = begun({ hour: 2, weekly: false }, '2026-03-28T12:00:00.000Z')
    expect(night.at).toBe('2026-03-29T01:00:00.000Z')
    expect(movedOn(night, owedBy(night, '2026-03-29T01:00:00.000Z'), '2026-03-29T01:00:00.000Z').at).toBe(
      '2026-03-30T00:00:00.000Z',
    )
    const autumn = begun({ hour: 2, weekly: false }, '2026-10-24T12:00:00.000Z')
    expect(autumn.at).toBe('2026-10-25T00:00:00.000Z')
    const [first, again] = ['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'] as const
    const after = movedOn(autumn, owedBy(autumn, first), first)
    expect(after.at).toBe('2026-10-26T01:00:00.000Z')
    expect(owedBy(after, again)).toEqual([])
  })
})

describe('where clocks skip the last hour of a day', () => {
  test('what was to come in it comes with midnight, once', () => {
    // Nuuk, 28 March 2026: from eleven in the evening to midnight.
    const plan = begun({ hour: 23, zone: 'America/Nuuk', weekStart: 'SA' }, '2026-03-28T02:00:00.000Z')
    expect(plan.at).toBe('2026-03-29T01:00:00.000Z')
    expect(story(plan, '2026-03-29T01:00:00.000Z', '2026-03-30T00:00:00.000Z')).toEqual([
      ['digest 2026-03-28', 'weekly 2026-03-27'],
      ['digest 2026-03-29'],
    ])
  })
})

describe('when somebody changes what they want', () => {
  test('the very same settings move nothing', () => {
    const plan = begun()
    expect(replanned(plan, madrid, '2026-11-22T00:00:00.000Z')).toBe(plan)
  })

  test('another hour counts from then on', () => {
    const plan = replanned(begun(), { ...madrid, hour: 18 }, '2026-11-22T06:00:00.000Z')
    expect([plan.at, plan.version]).toEqual(['2026-11-22T17:00:00.000Z', 2])
  })

  test('what is owed by then is still told where it stays as it was', () => {
    const change = '2026-11-23T07:00:20.000Z'
    const now = '2026-11-23T07:01:00.000Z'
    const without = replanned(begun(), { ...madrid, weekly: false }, change)
    expect(story(without, now)).toEqual([['digest 2026-11-23']])
    // What is switched on counts from then on.
    const again = replanned(begun({ daily: false, weekly: false }), madrid, change)
    expect(story(again, now)).toEqual([[]])
  })

  test('no day comes twice with another zone, further west or east', () => {
    const plan = begun()
    const at = '2026-11-23T07:00:00.000Z'
    const told = movedOn(plan, owedBy(plan, at), at)
    const west = replanned(told, { ...madrid, zone: 'America/Los_Angeles' }, '2026-11-23T08:00:00.000Z')
    // Eight o’clock of the 23rd is still to come there.
    expect(west.at).toBe('2026-11-24T16:00:00.000Z')
    expect(owedBy(west, '2026-11-23T16:00:00.000Z')).toEqual([])
    const east = replanned(told, { ...madrid, zone: 'Pacific/Kiritimati' }, '2026-11-23T08:00:00.000Z')
    expect(east.at).toBe('2026-11-23T18:00:00.000Z')
    expect(owedBy(east, '2026-11-23T18:00:00.000Z').map(({ date }) => date)).toEqual(['2026-11-24'])
  })

  test('a change that is told late takes nothing back', () => {
    const at = '2026-11-22T07:00:00.000Z'
    const told = movedOn(begun(), owedBy(begun(), at), at)
    expect(replanned(told, { ...madrid, hour: 9 }, '2026-11-21T10:00:00.000Z').since).toBe(at)
  })
})
