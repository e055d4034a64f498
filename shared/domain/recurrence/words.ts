import type { Rule } from './rule.ts'
import type { RuleDay } from './ruleParts.ts'

/**
 * What a language needs to put a recurrence into words. Weekdays count from 0 (Monday), months from 1; positions are from
 * the end when negative; days are dates or wall times, instants when they end with `Z`.
 */
export interface Words {
  /** "every 2 weeks" */
  readonly every: (freq: Rule['freq'], interval: number) => string
  /** "every Monday", "every weekday": each week. */
  readonly everyDay: (weekdays: readonly number[]) => string
  /** "in January and July" */
  readonly inMonths: (months: readonly number[]) => string
  /** "in weeks 1 and 20" */
  readonly inWeeks: (weeks: readonly number[]) => string
  /** "on 15 January" */
  readonly onDates: (dates: readonly { month: number; day: number }[]) => string
  /** "on the 1st and last day of the year" */
  readonly onYearDays: (days: readonly number[]) => string
  /** "on the 1st and last day"; `ofEach`: of each month, where the rule is about years. */
  readonly onMonthDays: (days: readonly number[], ofEach: boolean) => string
  /** "on Monday and Wednesday": of a week. */
  readonly onWeekdays: (weekdays: readonly number[]) => string
  /** "on the last Friday", "on each Monday": of a month or year. */
  readonly onPositions: (days: readonly RuleDay[]) => string
  /** "on the first weekday" */
  readonly onWorkdays: (positions: readonly number[]) => string
  /** "when that is a Friday" */
  readonly whenOn: (days: readonly RuleDay[]) => string
  /** "only the 1st and last of these" */
  readonly onlyThe: (positions: readonly number[]) => string
  readonly weeksFrom: (weekday: number) => string
  readonly orMonthEnd: string
  readonly notInShorterMonths: string
  readonly fromCompletion: string
  readonly times: (count: number) => string
  readonly until: (day: string) => string
  readonly except: (days: readonly string[]) => string
  /** The clauses of when, then those that limit it, as one phrase. */
  readonly phrase: (when: readonly string[], limits: readonly string[]) => string
}
