import * as z from 'zod/mini'
import * as id from './ids.ts'
import { taskPatch } from './task.ts'
import { instant } from './time.ts'

/** What can be done to many tasks besides editing them. */
const lifeAction = z.enum(['complete', 'trash', 'archive', 'restore'])
export type LifeAction = z.infer<typeof lifeAction>

const operation = z
  .strictObject({
    taskId: id.taskId,
    patch: z.optional(taskPatch),
    action: z.optional(lifeAction),
    /** The version that the caller saw; a stale one counts as If-Match does. */
    expected: z.optional(z.int().check(z.gte(1))),
  })
  .check(
    z.refine(({ patch, action }) => (patch === undefined) !== (action === undefined), {
      error: 'must have either a patch or an action',
    }),
    z.meta({ examples: [{ taskId: 'tsk_01jd3v8k6t9q2w4e7r5y8z0x1c', action: 'complete' }] }),
  )
export type Operation = z.infer<typeof operation>

export const taskBatch = z.strictObject({
  operations: z.array(operation).check(z.minLength(1), z.maxLength(100)),
})
export type TaskBatch = z.infer<typeof taskBatch>

/** Versions of the tasks after the batch, in the order of its operations. */
export const taskBatchResult = z.strictObject({
  results: z.array(z.strictObject({ taskId: id.taskId, version: z.int() })),
})

const jobAction = z.discriminatedUnion(
  'kind',
  [z.strictObject({ kind: z.literal('edit'), patch: taskPatch }), z.strictObject({ kind: lifeAction })],
  { error: 'must be {kind: edit, patch} or {kind: complete | trash | archive | restore}' },
)
export type JobAction = z.infer<typeof jobAction>

export const jobCreate = z.strictObject({
  action: jobAction,
  taskIds: z.array(id.taskId).check(
    z.minLength(1),
    z.maxLength(10_000),
    z.refine((ids: string[]) => new Set(ids).size === ids.length, { error: 'must not repeat itself' }),
    z.meta({ uniqueItems: true }),
  ),
  /** Says for each task what would become of it, and changes none. */
  dryRun: z._default(z.boolean(), false),
})
export type JobCreate = z.infer<typeof jobCreate>

/** The name of the workspace, letter for letter. */
export const deleteAll = z.strictObject({ confirm: z.string().check(z.maxLength(500)) })

const jobStates = ['queued', 'running', 'cancelling', 'cancelled', 'completed'] as const
export type JobState = (typeof jobStates)[number]

export const job = z.strictObject({
  id: id.jobId,
  workspaceId: id.workspaceId,
  action: jobAction,
  /** Whether it is about every task of the workspace rather than about those named. */
  all: z.boolean(),
  dryRun: z.boolean(),
  state: z.enum(jobStates),
  /** How many tasks it is about; `null` while they are still being listed. */
  total: z.nullable(z.int()),
  /** How many of them have their result: the sum of the counts below. */
  done: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  wouldChange: z.int(),
  refused: z.int(),
  missing: z.int(),
  cancelled: z.int(),
  createdAt: instant,
  createdBy: id.userId,
  finishedAt: z.nullable(instant),
  /** When it is forgotten, its results included. */
  expiresAt: instant,
})
export type JobReply = z.infer<typeof job>

const outcomes = ['changed', 'unchanged', 'would-change', 'refused', 'missing', 'cancelled'] as const
export type Outcome = (typeof outcomes)[number]

export const jobResult = z.strictObject({
  taskId: id.taskId,
  /** `waiting`: not its turn yet. */
  outcome: z.enum(['waiting', ...outcomes]),
  /** Version of the task after a change, or as it was found. */
  version: z.optional(z.int()),
  /** Why it was refused: the code that ends a problem's `type`, and what would be right. */
  problem: z.optional(z.strictObject({ code: z.string(), detail: z.optional(z.string()) })),
})
export type JobResult = z.infer<typeof jobResult>

/** A message of the jobs queue: work on one chunk of a job, or on the listing that makes its chunks. */
export const jobMessage = z.strictObject({
  workspaceId: id.workspaceId,
  jobId: id.jobId,
  work: z.union([z.int(), z.literal('listing')]),
})
export type JobMessage = z.infer<typeof jobMessage>
