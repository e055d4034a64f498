import * as z from 'zod/mini'
import * as id from './ids.ts'
import { page } from './list.ts'
import { linkKinds, taskRow } from './task.ts'

export const parentPut = z.strictObject({ parentId: z.nullable(id.taskId) })

/** What all tasks below one come to, cancelled and deleted ones left out; follows the writes by a moment. */
const rollup = z.strictObject({
  subtasks: z.int(),
  done: z.int(),
  /** Share of the subtasks that are done, 0 to 1. */
  progress: z.number(),
  estimateMinutes: z.int(),
  spentMinutes: z.int(),
})

export const subtasks = z.strictObject({ ...page(taskRow).shape, rollup })

export const linkPut = z.strictObject({ kind: z.enum(linkKinds) })

export const position = z.strictObject({
  projectId: id.projectId,
  /** `null`: the first column of its status. */
  columnId: z.optional(z.nullable(id.columnId)),
  after: z.nullable(id.taskId),
  before: z.nullable(id.taskId),
})

export const move = z.strictObject({ projectId: id.projectId })
