import { Failure } from '../failure.ts'
import { changedPaths, valueAt } from './paths.ts'
import type { Task } from './task.ts'

/** DynamoDB takes 400 KB an item; the rest is for keys and for what the machinery adds. */
const mostBytes = 350_000

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Bytes of the line that the history gets: what was and what is, of all that changes. */
const bytesOfChange = (before: Task, after: Task): number =>
  bytesOf(changedPaths(before, after).map((path) => [path, valueAt(before, path), valueAt(after, path)]))

/**
 * A task is one item: everything in it together must fit; and so must what the history tells of a change. One that
 * has come to hold more may still be made smaller.
 * @throws Failure `conflict`
 */
export const fitting = (before: Task, after: Task): Task => {
  if (after === before) return after
  const [was, is] = [bytesOf(before), bytesOf(after)]
  if (is > mostBytes && is >= was) {
    throw new Failure('conflict', 'The task would hold more than 350 KB: take something out of it first.')
  }
  // Only of two large states can a change be too large.
  if (was + is > mostBytes && bytesOfChange(before, after) > mostBytes) {
    throw new Failure('conflict', 'The change would take more than 350 KB: make it in several steps.')
  }
  return after
}
