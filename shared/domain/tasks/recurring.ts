import { isDeepStrictEqual } from 'node:util'
import type { Recurrence, RecurrenceInput } from '../../api/schemas/recurrence.ts'
import type { Scope, TaskPatch } from '../../api/schemas/task.ts'
import type { ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import { derivedSeed, makeId } from '../ids.ts'
import { nextRecurrence, startRecurrence } from '../recurrence/recurrence.ts'
import type { Tracked } from './paths.ts'
import type { SeriesFields, Task, TaskFields } from './task.ts'

interface Editing {
  readonly now: string
  readonly scope?: Scope | undefined
}

/** Fields whose present value a following occurrence may have to pass over. */
const seriesFields = [
  'title',
  'description',
  'priority',
  'due',
  'start',
  'estimateMinutes',
  'assigneeIds',
  'assigneeGroupIds',
  'watcherIds',
  'tags',
  'reminders',
  'metadata',
  'customFields',
] as const satisfies readonly (keyof SeriesFields)[]

/** Moving a date is about this occurrence unless said otherwise; everything else is about the series. */
const scopeOf = (field: keyof TaskFields, { scope }: Editing): Scope =>
  scope ?? (field === 'due' || field === 'start' ? 'this' : 'future')

/**
 * What the series keeps of its own: the fields that were edited in this occurrence alone. Whoever says that an edit is
 * about the future takes over what stands here as well.
 */
const seriesAfter = (task: Task, values: Partial<TaskFields>, editing: Editing): SeriesFields => {
  const series: Record<string, unknown> = { ...task.series }
  for (const field of seriesFields) {
    const isNamed = editing.scope === 'future' && values[field] !== undefined
    const isChanged = values[field] !== undefined && !isDeepStrictEqual(values[field], task[field])
    if (!isNamed && !isChanged) continue
    if (scopeOf(field, editing) === 'future') delete series[field]
    else if (!(field in series)) series[field] = task[field]
  }
  return series
}

/** Where the clocks of a series are, also when this occurrence was moved alone; `due` is the present one. */
export const zoneOfSeries = (series: SeriesFields, due: ZonedMoment): string => (series.due ?? due).zone

const wallOf = (due: ZonedMoment): string => ('date' in due ? due.date : due.dateTime)

const ruleOf = ({ rule, from, catchUp, monthEnd, exclude }: Recurrence): RecurrenceInput => ({
  rule,
  from,
  catchUp,
  monthEnd,
  exclude: [...exclude],
})

/** What is left of a rule at the present occurrence: it goes on from here, and has given some of its COUNT. */
const remaining = (present: Recurrence): RecurrenceInput => {
  const rule = present.rule.replace(
    /COUNT=(\d+)/,
    (_, count) => `COUNT=${Number(count) - present.number + 1}`,
  )
  return { ...ruleOf(present), rule }
}

/** A recurrence that begins with the present due date. */
export const started = (input: RecurrenceInput, due: TaskFields['due']): Recurrence => {
  if (due === null) throw invalidField('/recurrence', 'needs a due date')
  return startRecurrence(input, due)
}

/** A rule that says the same as the present one is the present one: asking twice changes nothing. */
const saysSame = (fresh: Recurrence, present: Recurrence | null): boolean =>
  present !== null && isDeepStrictEqual(ruleOf(fresh), ruleOf(present))

const recurrenceAfter = (
  task: Task,
  patch: TaskPatch,
  due: TaskFields['due'],
  editing: Editing,
): Recurrence | null => {
  if (patch.recurrence === null) return null
  const { recurrence: present } = task
  const fresh = patch.recurrence && started(patch.recurrence, due)
  if (fresh !== undefined && !saysSame(fresh, present)) return fresh
  if (present === null) return null
  if (due === null) throw invalidField('/due', 'must stay as long as the task recurs')
  if (patch.due === undefined || scopeOf('due', editing) === 'this') return present
  return wallOf(due) === present.occurrence ? present : startRecurrence(remaining(present), due)
}

/** What a patch makes of the recurrence, and of what the series keeps; nothing for tasks that do not recur. */
export const resolveSeries = (
  task: Task,
  patch: TaskPatch,
  values: Partial<TaskFields>,
  editing: Editing,
): Partial<Tracked> => {
  if (task.recurrence === null && patch.recurrence === undefined) return {}
  const due = values.due === undefined ? task.due : values.due
  const recurrence = recurrenceAfter(task, patch, due, editing)
  if (recurrence === null || task.recurrence === null) return { recurrence, series: {} }
  const { due: moved, ...others } = seriesAfter(task, values, editing)
  // One that begins anew begins with the present due date.
  const isKept = recurrence === task.recurrence && moved !== undefined
  return { recurrence, series: isKept ? { ...others, due: moved } : others }
}

/**
 * Names the next occurrence when these values complete a task that recurs. The id is settled in the very write that
 * completes, once: the stream makes the task of it, and completing again finds it named.
 */
export const withSuccessor = (task: Task, values: Partial<Tracked>, { now }: Editing): Partial<Tracked> => {
  if (values.status !== 'done' || task.status === 'done' || task.successorId !== null) return values
  const { recurrence, due } = { ...task, ...values }
  if (recurrence === null || due === null) return values
  const zone = zoneOfSeries(values.series ?? task.series, due)
  if (nextRecurrence(recurrence, zone, now) === undefined) return values
  const seed = derivedSeed('successor', task.id, String(task.version + 1))
  return { ...values, successorId: makeId('task', Date.parse(now), seed) }
}
