import * as fc from 'fast-check'
import { priorities, type Reminder, statuses, type TaskPatch } from '../../../../shared/api/schemas/task.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, iso, start, userOf } from './builders.ts'

/** Plain objects, as JSON and the table make them. */
export const record = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>

const people = ['owner', 'ana', 'ben', 'cleo'].map(userOf)
const zone = fc.constantFrom('UTC', 'Europe/Madrid', 'Africa/Cairo', 'Pacific/Kiritimati')
/** A wall time within a week of the beginning, by quarters of an hour, so that coincidences happen. */
const wallTime = fc
  .integer({ min: -96, max: 672 })
  .map((quarter) => iso(start + quarter * 900_000).slice(0, 16))
const date = wallTime.map((text) => text.slice(0, 10))
const moment = fc.oneof(record({ dateTime: wallTime, zone }), record({ date, zone }), record({ date }))
const optionalMoment = fc.option(moment)
const relative = record({
  relativeTo: fc.constantFrom('due' as const, 'start' as const),
  minutesBefore: fc.constantFrom(0, 15, 60, 1440),
})
const absolute = record({ dateTime: wallTime, zone })
const whom = fc.constantFrom('assignees' as const, 'me' as const)
const newReminder = fc
  .tuple(fc.oneof(relative, absolute), whom)
  .map(([reminder, forWhom]) => ({ ...reminder, for: forWhom }))

/** Some few, so that the same ones meet. */
const names = fc.constantFrom('a', 'b', 'c')
const metadata = fc.dictionary(
  names,
  fc.oneof(fc.nat(2), fc.dictionary(names, fc.nat(2), { noNullPrototype: true })),
  {
    maxKeys: 2,
    noNullPrototype: true,
  },
)
const customFieldId = names.map((name) => idOf('customField', name))
const customValue = fc.constantFrom('x', 'y', 1, 2)

const someOf = <T>(values: readonly T[]) => fc.subarray([...values])

/** Reminders of a task that stands in the store. */
const reminders: fc.Arbitrary<Reminder[]> = fc
  .array(fc.tuple(fc.oneof(relative, absolute), fc.option(fc.constantFrom(...people))), { maxLength: 4 })
  .map((all) => all.map(([reminder, userId], n) => ({ id: idOf('reminder', `r${n}`), userId, ...reminder })))

export const task: fc.Arbitrary<Task> = record({
  status: fc.constantFrom(...statuses),
  priority: fc.constantFrom(...priorities),
  due: fc.option(fc.oneof(record({ dateTime: wallTime, zone }), record({ date, zone }))),
  start: fc.option(fc.oneof(record({ dateTime: wallTime, zone }), record({ date, zone }))),
  assigneeIds: someOf(people),
  watcherIds: someOf(people),
  tags: someOf(['home', 'work', 'x']),
  description: fc.constantFrom('', 'text'),
  reminders,
  metadata,
  customFields: fc.dictionary(customFieldId, customValue, { maxKeys: 2, noNullPrototype: true }),
}).map((fields) => aTask({ ...fields, completedAt: fields.status === 'done' ? iso(start) : null }))

/** A patch without reminders: whatever people change beside them. */
const plainFields = {
  title: fc.constantFrom('Pay rent', 'Call Ana', 'x'),
  description: fc.constantFrom('', 'text', 'more'),
  status: fc.constantFrom(...statuses),
  priority: fc.constantFrom(...priorities),
  due: optionalMoment,
  start: optionalMoment,
  estimateMinutes: fc.option(fc.nat(3)),
  assigneeIds: someOf(people),
  watcherIds: someOf(people),
  tags: someOf(['home', 'work', 'x']),
  metadata: fc.dictionary(names, fc.option(fc.nat(2)), { maxKeys: 2, noNullPrototype: true }),
  customFields: fc.dictionary(customFieldId, fc.option(customValue), { maxKeys: 2, noNullPrototype: true }),
}
const patchOf = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<TaskPatch>
export const patch = patchOf(plainFields)
/** Changes that have nothing to do with when a task reminds. */
export const unrelatedPatch = patchOf({
  title: plainFields.title,
  description: plainFields.description,
  priority: plainFields.priority,
  estimateMinutes: plainFields.estimateMinutes,
  assigneeIds: plainFields.assigneeIds,
  watcherIds: plainFields.watcherIds,
  tags: plainFields.tags,
  metadata: plainFields.metadata,
  customFields: plainFields.customFields,
})
/** What a patch does to the reminders: keeps some by id, adds some. */
export const reminderPatch = (present: readonly Reminder[]): fc.Arbitrary<TaskPatch> =>
  fc
    .tuple(someOf(present), fc.array(newReminder, { maxLength: 2 }))
    .map(([kept, added]) => ({ reminders: [...kept.map(({ id }) => ({ id })), ...added] }))
