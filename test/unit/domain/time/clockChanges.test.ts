import { expect, test } from 'vitest'
import { firstPlan, movedOn, owedBy } from '../../../../shared/domain/digests/plan.ts'
import { occurrences } from '../../../../shared/domain/tasks/reminders.ts'
import { idOf, plainBody, userOf, workspaceId } from '../support/builders.ts'
import { type ClockChange, changesOf, dateAround, instantAround } from './clocks.ts'

const [from, until] = [Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)]
const zones = Intl.supportedValuesOf('timeZone')
const changes = zones.flatMap((zone) => changesOf(zone, from, until))
const iso = (instant: number): string => new Date(instant).toISOString()
const halfHours = Array.from({ length: 48 }, (_, n) => iso(n * 1_800_000).slice(11, 16))
const around = [-1, 0, 1]

const count = { checks: 0, wrong: [] as string[], never: 0, twice: 0 }
const check = (what: string, found: string | null | undefined, expected: number): void => {
  count.checks++
  if (found !== iso(expected)) count.wrong.push(`${what}: ${found}, not ${iso(expected)}`)
}

/** The instant of a wall time as the clocks were searched for it. */
const at = (change: ClockChange, wall: string): number => instantAround(change, wall).at

const reminders = (zone: string, dateTime: string) => [
  { id: idOf('reminder', 'relative'), userId: null, relativeTo: 'due' as const, minutesBefore: 45 },
  { id: idOf('reminder', 'absolute'), userId: null, dateTime, zone },
]

const timesOf = (due: { zone: string } & ({ date: string } | { dateTime: string }), absolute: string) => {
  const state = { ...plainBody, trashedAt: null, archivedAt: null, escalateAt: null }
  const all = occurrences({ ...state, due, reminders: reminders(due.zone, absolute) })
  return Object.fromEntries(
    all.map((one) => [
      one.kind === 'reminder' ? ('dateTime' in one.reminder ? 'absolute' : 'relative') : one.kind,
      one.at,
    ]),
  )
}

const checkTask = (
  change: ClockChange,
  times: Record<string, string>,
  expected: Record<string, number>,
  what: string,
): void => {
  expect(Object.keys(times).sort()).toEqual(Object.keys(expected).sort())
  for (const [kind, instant] of Object.entries(expected))
    check(`${change.zone} ${what} ${kind}`, times[kind], instant)
}

const checkDay = (change: ClockChange, days: number): void => {
  const [before, date, after] = [days - 1, days, days + 1].map((n) => dateAround(change, n)) as [
    string,
    string,
    string,
  ]
  const due = at(change, `${date}T09:00`)
  checkTask(
    change,
    timesOf({ date, zone: change.zone }, `${date}T03:15`),
    {
      dueSoon: at(change, `${before}T09:00`),
      due,
      lapsed: at(change, `${after}T00:00`),
      overdue: at(change, `${after}T09:00`),
      relative: due - 45 * 60_000,
      absolute: at(change, `${date}T03:15`),
    },
    date,
  )
  for (const time of halfHours) {
    const wall = `${date}T${time}`
    const { at: instant, kind } = instantAround(change, wall)
    if (kind !== 'once') count[kind]++
    checkTask(
      change,
      timesOf({ dateTime: wall, zone: change.zone }, wall),
      {
        dueSoon: at(change, `${before}T${time}`),
        due: instant,
        lapsed: instant,
        overdue: at(change, `${after}T09:00`),
        relative: instant - 45 * 60_000,
        absolute: instant,
      },
      wall,
    )
  }
}

/** Goes through the three days as a sweep does that comes the moment something is due. */
const checkDigests = (change: ClockChange, hour: number): void => {
  const time = `${String(hour).padStart(2, '0')}:00`
  const { zone } = change
  const settings = { daily: true, weekly: false, hour, zone, weekStart: 'MO' } as const
  const begun = iso(at(change, `${dateAround(change, -2)}T${time}`))
  let plan = firstPlan({ workspaceId, userId: userOf('ana') }, settings, begun)
  for (const days of around) {
    const date = dateAround(change, days)
    const now = iso(at(change, `${date}T${time}`))
    check(`${zone} digest of ${date} at ${time}`, plan.at, Date.parse(now))
    const owed = owedBy(plan, now)
    count.checks++
    if (owed.length !== 1 || owed[0]?.date !== date)
      count.wrong.push(`${zone} ${date}: ${JSON.stringify(owed)}`)
    plan = movedOn(plan, owed, now)
  }
}

test('due dates, reminders and digests stand at the times that clocks show around each change of clocks', () => {
  for (const change of changes) {
    for (const days of around) checkDay(change, days)
    for (let hour = 0; hour < 24; hour++) checkDigests(change, hour)
  }
  const changing = new Set(changes.map(({ zone }) => zone)).size
  process.stdout.write(
    `clock changes: ${changing} of ${zones.length} zones, ${changes.length} changes, ${count.checks} checks, ` +
      `${count.never} skipped and ${count.twice} doubled wall times, ${count.wrong.length} wrong\n`,
  )
  expect(count.wrong.slice(0, 10)).toEqual([])
  expect(changing).toBeGreaterThan(80)
  expect(count.checks).toBeGreaterThan(100_000)
  expect(Math.min(count.never, count.twice)).toBeGreaterThan(100)
}, 120_000)
