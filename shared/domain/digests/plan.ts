import type { Profile } from '../../api/schemas/people.ts'
import { dateOf, dayOf, weekdayOf } from '../recurrence/days.ts'
import { instantOf, wallTimeAt } from '../time/instants.ts'

/** Which summaries a person wants of a workspace, and at what hour of their clock. */
export interface DigestChoice {
  readonly daily: boolean
  readonly weekly: boolean
  /** 0 to 23. */
  readonly hour: number
}

export interface DigestSettings extends DigestChoice {
  readonly zone: string
  readonly weekStart: Profile['weekStart']
}

/** When somebody gets the next summary of a workspace. */
export interface DigestPlan extends DigestSettings {
  readonly workspaceId: string
  readonly userId: string
  /** What was to come up to this instant was handed on or never will be. */
  readonly since: string
  /** The days of the last daily and weekly one: whoever moves to another zone gets none of the same day twice. */
  readonly lastDay: string | null
  readonly lastWeek: string | null
  /** `null`: the person wants none. */
  readonly at: string | null
  readonly version: number
}

/** A summary that is due at its time: of a day, or of the week that ended with it. */
export interface Summary {
  readonly kind: 'digest' | 'weekly'
  readonly date: string
  readonly at: string
}

/** In the order of `weekdayOf`. */
const weekdays: readonly Profile['weekStart'][] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const hourOn = (day: number, { hour, zone }: DigestSettings): string =>
  instantOf(`${dateOf(day)}T${String(hour).padStart(2, '0')}:00`, zone)

const dailyOn = (day: number, settings: DigestSettings): Summary => ({
  kind: 'digest',
  date: dateOf(day),
  at: hourOn(day, settings),
})
/** On the first day of a week, of the one before. */
const weeklyOn = (day: number, settings: DigestSettings): Summary => ({
  kind: 'weekly',
  date: dateOf(day - 1),
  at: hourOn(day, settings),
})

/** Today by the clock of the person, and the day on which this week began. */
const daysAt = (now: string, { zone, weekStart }: DigestSettings) => {
  const today = dayOf(wallTimeAt(now, zone))
  const sinceStart = (weekdayOf(today) - weekdays.indexOf(weekStart) + 7) % 7
  return { today, weekBegan: today - sinceStart }
}

const isNew = ({ lastDay, lastWeek }: DigestPlan, { kind, date }: Summary): boolean =>
  date > ((kind === 'digest' ? lastDay : lastWeek) ?? '')

/**
 * What is to be handed on at an instant, at most one of each kind: the digest of today, and the summary of the last
 * week. Days and weeks that an outage swallowed are passed over: what a digest says is how things stand now, so that
 * one for each of them would say the same several times.
 */
export const owedBy = (plan: DigestPlan, now: string): Summary[] => {
  const { today, weekBegan } = daysAt(now, plan)
  const hasCome = ({ at }: Summary): boolean => at <= now
  // Where clocks skip the last hour of a day, what was to come in it comes as the next begins.
  const days = [today, today - 1].map((day) => dailyOn(day, plan))
  const daily = days.find((one) => hasCome(one) && daysAt(one.at, plan).today === today)
  const weekly = [weekBegan, weekBegan - 7].map((day) => weeklyOn(day, plan)).find(hasCome)
  const last = [plan.daily ? daily : undefined, plan.weekly ? weekly : undefined]
  return last.flatMap((one) => (one !== undefined && one.at > plan.since && isNew(plan, one) ? one : []))
}

/** When there is something to hand on again after an instant. */
const nextAfter = (plan: DigestPlan, now: string): string | null => {
  const { today, weekBegan } = daysAt(now, plan)
  const days = plan.daily ? [0, 1, 2].map((n) => dailyOn(today + n, plan)) : []
  const weeks = plan.weekly ? [0, 7, 14].map((n) => weeklyOn(weekBegan + n, plan)) : []
  const ahead = [...days, ...weeks].filter((one) => one.at > now && isNew(plan, one))
  return ahead.map(({ at }) => at).sort()[0] ?? null
}

const placed = (plan: DigestPlan): DigestPlan => ({ ...plan, at: nextAfter(plan, plan.since) })

/**
 * The plan once something was handed on at an instant, be it what this one owed or one before it: another sweep may
 * have moved it on since, or the person may have other settings.
 */
export const movedOn = (plan: DigestPlan, owed: readonly Summary[], now: string): DigestPlan => {
  const last = (kind: Summary['kind'], before: string | null): string | null => {
    const date = owed.find((one) => one.kind === kind)?.date
    return date === undefined || date < (before ?? '') ? before : date
  }
  return placed({
    ...plan,
    since: now > plan.since ? now : plan.since,
    lastDay: last('digest', plan.lastDay),
    lastWeek: last('weekly', plan.lastWeek),
    version: plan.version + 1,
  })
}

/** The plan of somebody who has none yet: from an instant on. */
export const firstPlan = (
  of: Pick<DigestPlan, 'workspaceId' | 'userId'>,
  settings: DigestSettings,
  since: string,
): DigestPlan => placed({ ...of, ...settings, since, lastDay: null, lastWeek: null, at: null, version: 1 })

const isSameTime = (one: DigestSettings, other: DigestSettings): boolean =>
  one.zone === other.zone && one.weekStart === other.weekStart && one.hour === other.hour

const isSame = (one: DigestSettings, other: DigestSettings): boolean =>
  isSameTime(one, other) && one.daily === other.daily && one.weekly === other.weekly

/** Whether nothing comes that did not come before, nor at another time. */
const isLess = (before: DigestSettings, after: DigestSettings): boolean =>
  isSameTime(before, after) && (before.daily || !after.daily) && (before.weekly || !after.weekly)

/**
 * The plan under other settings, from the instant they hold; the very same object when they are what they were. What
 * was owed by then under the old ones is passed over: the new hour comes. What only stops one of them leaves the other.
 */
export const replanned = (plan: DigestPlan, settings: DigestSettings, since: string): DigestPlan =>
  isSame(plan, settings)
    ? plan
    : placed({
        ...plan,
        ...settings,
        since: since > plan.since && !isLess(plan, settings) ? since : plan.since,
        version: plan.version + 1,
      })
