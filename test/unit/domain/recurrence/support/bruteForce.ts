/**
 * Recurrence by looking at every day of a calendar by itself, from the words of RFC 5545 section 3.3.10. It shares nothing
 * with the product: days are counted off one after the other, not computed, and rule text is taken apart anew.
 */
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

interface CountedDay {
  readonly date: string
  readonly year: number
  readonly month: number
  readonly weekday: string
  /** [from the start, from the end] */
  readonly ofMonth: readonly [number, number]
  readonly ofYear: readonly [number, number]
  /** The how manieth of its weekday. */
  readonly nthInMonth: readonly [number, number]
  readonly nthInYear: readonly [number, number]
  readonly index: number
}

const calendar = (firstYear: number, lastYear: number): CountedDay[] => {
  const dates: Date[] = []
  for (
    const at = new Date(Date.UTC(firstYear, 0, 1));
    at.getUTCFullYear() <= lastYear;
    at.setUTCDate(at.getUTCDate() + 1)
  )
    dates.push(new Date(at))
  const months = new Map<string, Date[]>()
  for (const date of dates) {
    const iso = date.toISOString()
    for (const key of [iso.slice(0, 4), iso.slice(0, 7)]) {
      for (const group of [key, `${key} ${date.getUTCDay()}`]) {
        const members = months.get(group)
        if (members === undefined) months.set(group, [date])
        else members.push(date)
      }
    }
  }
  const place = (group: string, date: Date): readonly [number, number] => {
    const members = months.get(group) ?? []
    const before = members.indexOf(date)
    return [before + 1, before - members.length]
  }
  return dates.map((date, index) => {
    const iso = date.toISOString()
    const [year, month] = [iso.slice(0, 4), iso.slice(0, 7)]
    return {
      date: iso.slice(0, 10),
      year: Number(year),
      month: Number(month.slice(5)),
      weekday: weekdays[(date.getUTCDay() + 6) % 7] ?? '',
      ofMonth: place(month, date),
      ofYear: place(year, date),
      nthInMonth: place(`${month} ${date.getUTCDay()}`, date),
      nthInYear: place(`${year} ${date.getUTCDay()}`, date),
      index,
    }
  })
}

const days = calendar(2015, 2050)
/** Dates the calendar of this oracle ends before. */
const calendarEnd = '2050-12-31'

/** Days with the number of their week, from the start and from the end of the year that has four days of it. */
const weeksFrom = (weekStart: string) => {
  const numbers: { week: number; weekYear: number; span: number }[] = []
  let [week, weekYear, span] = [0, 0, 0]
  for (const [index, { weekday }] of days.entries()) {
    if (weekday === weekStart) {
      const year = days[index + 3]?.year ?? 0
      week = year === weekYear ? week + 1 : 1
      weekYear = year
      span += 1
    }
    numbers.push({ week, weekYear, span })
  }
  const most = Map.groupBy(numbers, ({ weekYear: year }) => year)
  return numbers.map((one) => {
    const weeks = Math.max(...new Set((most.get(one.weekYear) ?? []).map(({ week: number }) => number)))
    return { span: one.span, places: [one.week, one.week - weeks - 1] as const }
  })
}
const weeks = new Map(weekdays.map((weekStart) => [weekStart, weeksFrom(weekStart)]))

const has = (wanted: readonly string[], places: readonly [number, number]): boolean =>
  wanted.some((number) => places.some((place) => place === Number(number)))

/**
 * The dates of a rule that begins on `anchor`, up to the horizon. UNTIL is a date here. `clamp` lets the last day of a
 * month stand for those the month does not have.
 */
export const bruteForce = (
  text: string,
  anchor: string,
  monthEnd: 'clamp' | 'skip',
  horizon: string,
): string[] => {
  const rule = new Map(text.split(';').map((part) => part.split('=') as [string, string]))
  const start = days.find(({ date }) => date === anchor)
  if (start === undefined) throw new Error(`the oracle's calendar does not reach ${anchor}`)
  const freq = rule.get('FREQ')
  const list = (name: string): string[] => rule.get(name)?.split(',') ?? []
  const week = weeks.get(rule.get('WKST') ?? 'MO') ?? []

  const byDay = list('BYDAY')
  const byMonthDay = list('BYMONTHDAY')
  const byMonth = list('BYMONTH')
  const saysDay = byDay.length + byMonthDay.length + list('BYYEARDAY').length > 0
  if (!saysDay && (freq === 'WEEKLY' || rule.has('BYWEEKNO'))) byDay.push(start.weekday)
  else if (!saysDay && (freq === 'MONTHLY' || freq === 'YEARLY')) {
    byMonthDay.push(String(start.ofMonth[0]))
    if (freq === 'YEARLY' && byMonth.length === 0) byMonth.push(String(start.month))
  }

  const spanOf = (day: CountedDay): number => {
    if (freq === 'DAILY') return day.index
    if (freq === 'WEEKLY') return week[day.index]?.span ?? 0
    return freq === 'MONTHLY' ? day.year * 12 + day.month : day.year
  }
  const isMonthDay = (day: CountedDay): boolean => {
    if (has(byMonthDay, day.ofMonth)) return true
    return (
      monthEnd === 'clamp' &&
      day.ofMonth[1] === -1 &&
      byMonthDay.some((wanted) => Number(wanted) > day.ofMonth[0])
    )
  }
  const isWeekday = (day: CountedDay): boolean =>
    byDay.some((wanted) => {
      if (!wanted.endsWith(day.weekday)) return false
      const position = wanted.slice(0, -2)
      const inYear = freq === 'YEARLY' && byMonth.length === 0
      return position === '' || has([position], inYear ? day.nthInYear : day.nthInMonth)
    })
  const matches = (day: CountedDay): boolean =>
    (spanOf(day) - spanOf(start)) % Number(rule.get('INTERVAL') ?? 1) === 0 &&
    (byMonth.length === 0 || byMonth.includes(String(day.month))) &&
    (byMonthDay.length === 0 || isMonthDay(day)) &&
    (byDay.length === 0 || isWeekday(day)) &&
    (!rule.has('BYYEARDAY') || has(list('BYYEARDAY'), day.ofYear)) &&
    (!rule.has('BYWEEKNO') || has(list('BYWEEKNO'), week[day.index]?.places ?? [0, 0]))

  const spans = Map.groupBy(days.filter(matches), spanOf)
  const picked = [...spans.values()].flatMap((set) =>
    rule.has('BYSETPOS')
      ? set.filter((_, index) => has(list('BYSETPOS'), [index + 1, index - set.length]))
      : set,
  )
  const until = rule.get('UNTIL')?.replace(/^(....)(..)(..).*/, '$1-$2-$3') ?? calendarEnd
  const instances = picked.map(({ date }) => date).filter((date) => date >= anchor && date <= until)
  return instances.slice(0, Number(rule.get('COUNT') ?? instances.length)).filter((date) => date <= horizon)
}
