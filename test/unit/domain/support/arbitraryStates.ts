import * as fc from 'fast-check'
import { linkKinds } from '../../../../shared/api/schemas/task.ts'
import type { Tracked } from '../../../../shared/domain/tasks/paths.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { record, task } from './arbitraries.ts'
import { idOf, minutes, userOf } from './builders.ts'

/** Few names, few values: two states often agree in something and often differ. */
const name = fc.constantFrom('a', 'b', 'c')
const mapOf = <T>(kind: Parameters<typeof idOf>[0], value: fc.Arbitrary<T>) =>
  fc.dictionary(
    name.map((one) => idOf(kind, one)),
    value,
    { maxKeys: 3, noNullPrototype: true },
  )
const rank = fc.constantFrom('h1', 'h2', 'h2V')
const instant = fc.nat(3).map(minutes)
const otherTask = name.map((one) => idOf('task', one))

const checklistItem = record({ text: name, done: fc.boolean(), rank })
const timeEntry = record({
  userId: fc.constant(userOf('ana')),
  startedAt: instant,
  minutes: fc.option(fc.nat(2)),
  note: fc.constantFrom('', 'x'),
})
const attachment = record({
  name,
  mediaType: fc.constant('text/plain'),
  size: fc.nat(2),
  uploadedBy: fc.constant(userOf('ana')),
  uploadedAt: instant,
})

const stateFields = record<
  Pick<
    Tracked,
    | 'parentId'
    | 'ancestorIds'
    | 'links'
    | 'ranks'
    | 'columns'
    | 'checklist'
    | 'timeEntries'
    | 'attachments'
    | 'archivedAt'
    | 'trashedAt'
    | 'successorId'
    | 'series'
  >
>({
  parentId: fc.option(otherTask),
  ancestorIds: fc.uniqueArray(otherTask, { maxLength: 2 }),
  links: mapOf('task', fc.constantFrom(...linkKinds)),
  ranks: mapOf('project', rank),
  columns: mapOf(
    'project',
    name.map((one) => idOf('column', one)),
  ),
  checklist: mapOf('checklistItem', checklistItem),
  timeEntries: mapOf('timeEntry', timeEntry),
  attachments: mapOf('attachment', attachment),
  archivedAt: fc.option(instant),
  trashedAt: fc.option(instant),
  successorId: fc.option(otherTask),
  series: fc.constantFrom({}, { title: 'Pay rent' }, { title: 'x', tags: ['y'] }),
})

/** A task with whatever may have been done to it. */
export const lived: fc.Arbitrary<Task> = fc
  .tuple(task, stateFields)
  .map(([fields, state]) => ({ ...fields, ...state }))
