import { Failure } from '../failure.ts'
import type { Task } from './task.ts'

/** DynamoDB takes 400 KB; the rest is for keys and for what the machinery adds. */
const mostBytes = 350_000

const bytesOf = (task: Task): number => Buffer.byteLength(JSON.stringify(task))

/**
 * A task is one item: everything in it together must fit. One that has come to hold more may still be made smaller.
 * @throws Failure `conflict`
 */
export const fitting = (before: Task, after: Task): Task => {
  if (after === before) return after
  const bytes = bytesOf(after)
  if (bytes <= mostBytes || bytes < bytesOf(before)) return after
  throw new Failure('conflict', 'The task would hold more than 350 KB: take something out of it first.')
}
