import type { Moment } from '../../api/schemas/time.ts'
import { dateOf, dayOf } from '../recurrence/days.ts'
import { instances, wallOf } from '../recurrence/instances.ts'
import { parseRule } from '../recurrence/rule.ts'
import { type Here, type Sense, valuesOf } from './found.ts'

const momentOf = (wall: string, { zone }: Here): Moment =>
  wall.includes('T') ? { dateTime: wall, zone } : { date: wall }

/**
 * The first day that the rule gives from `from` on, at a time still to come. "Every other Monday" begins with the
 * next one: the rule is counted from there.
 */
const firstInstance = (text: string, from: string, here: Here): string | undefined => {
  const rule = parseRule(text)
  if ('problem' in rule) return undefined
  const series = {
    rule: { ...rule, interval: 1 },
    anchor: from,
    monthEnd: 'clamp',
    exclude: [],
    zone: here.zone,
  } as const
  for (const { day } of instances(series)) {
    const wall = wallOf(series, day)
    if (!wall.includes('T') || wall > here.wall) return wall
  }
  return undefined
}

/**
 * When a task with these tokens is due: on the day named, at the time named; a time alone is the next such time. Of a
 * recurrence it is the first day, counted from the day named or from today. `undefined` when nothing says so.
 */
export const dueOf = (senses: readonly Sense[], here: Here): Moment | undefined => {
  const [date] = valuesOf(senses, 'date')
  const [time] = valuesOf(senses, 'time')
  const [dateTime] = valuesOf(senses, 'dateTime')
  const [recurrence] = valuesOf(senses, 'recurrence')
  const today = here.wall.slice(0, 10)
  if (recurrence !== undefined) {
    const from = dateTime ?? (date ?? today) + (time === undefined ? '' : `T${time}`)
    const wall = firstInstance(recurrence.rule, from, here)
    return wall === undefined ? undefined : momentOf(wall, here)
  }
  if (dateTime !== undefined) return momentOf(dateTime, here)
  if (time === undefined) return date === undefined ? undefined : { date }
  const soon = `${today}T${time}`
  if (date !== undefined) return momentOf(`${date}T${time}`, here)
  return momentOf(soon > here.wall ? soon : `${dateOf(dayOf(today) + 1)}T${time}`, here)
}
