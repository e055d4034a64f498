import type { Cause, Through } from '../../api/schemas/record.ts'
import type { TaskCreate } from '../../api/schemas/task.ts'
import { derivedSeed } from '../ids.ts'
import { firstRank } from '../order/rank.ts'
import type { Project } from '../projects/project.ts'
import { firstChecklist } from './checklist.ts'
import { derive, zoned } from './edit.ts'
import { started } from './recurring.ts'
import { resolveReminders } from './reminders.ts'
import type { RequestMark, Task, TaskFields, TaskState } from './task.ts'
import { unborn } from './unborn.ts'

interface Maker {
  readonly userId: string
  /** RFC 3339. */
  readonly now: string
  /** Zone of the workspace, for days that name none. */
  readonly zone: string
}

/**
 * The fields that a body of a creation asks for.
 * @throws Failure `invalid-request` for a recurrence without a date, or one that never happens
 */
export const fieldsOf = (
  { checklist = [], ...body }: TaskCreate,
  { userId, now, zone }: Maker,
): TaskFields & Pick<TaskState, 'checklist'> => {
  const due = zoned(body.due, zone)
  return {
    ...body,
    due,
    start: zoned(body.start, zone),
    reminders: resolveReminders(body.reminders, [], { userId, now: Date.parse(now) }),
    recurrence: body.recurrence && started(body.recurrence, due),
    checklist: firstChecklist(checklist, now),
  }
}

interface Birth {
  readonly id: string
  readonly workspaceId: string
  readonly project: Pick<Project, 'id' | 'key'>
  readonly number: number
  readonly userId: string
  readonly now: string
  readonly origin: RequestMark | null
  readonly cause?: Cause
  /** By what door it comes; absent where it follows by itself. */
  readonly through?: Through
  /** Place among those that are made together: they stand in this order. */
  readonly nth?: number
}

/** A task that nothing has happened to yet. */
export const newTask = (
  { id, workspaceId, project, number, userId, now, origin, cause = null, through = 'system', nth = 0 }: Birth,
  fields: TaskFields & Partial<TaskState>,
): Task => {
  const state = { ...unborn, ...fields }
  return {
    ranks: { [project.id]: firstRank(Date.parse(now) + nth, derivedSeed(id)) },
    ...state,
    ...derive(state, now),
    id,
    workspaceId,
    projectId: project.id,
    key: `${project.key}-${number}`,
    completedAt: fields.status === 'done' ? now : null,
    createdAt: now,
    createdBy: userId,
    updatedAt: now,
    updatedBy: userId,
    cause,
    through,
    purge: null,
    version: 1,
    revision: 1,
    fieldVersions: {},
    origin,
    marks: [],
  }
}
