import { commentEvents } from '../../../../shared/domain/comments/events.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import type { Numbered } from '../../../../shared/domain/pipeline/derived.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, userOf } from './builders.ts'
import { aComment } from './comments.ts'

const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC', through: 'token' as const }

/** A task with edits and comments in turn, by a pattern of letters. */
export const storyOf = (pattern: string, begin = aTask()): { task: Task; happened: Numbered[] } => {
  let task = begin
  const happened: Numbered[] = [consequencesOf(undefined, task) ?? []].flat()
  for (const [n, letter] of [...pattern].entries()) {
    if (letter === 'c') {
      const after = aComment({ id: idOf('comment', `c${n}`), taskId: task.id })
      happened.push(...commentEvents({ after }).map((event) => ({ event })))
    } else {
      const next = applyPatch(task, { title: `Title ${n}` }, editor)
      happened.push(...[consequencesOf(task, next) ?? []].flat())
      task = next
    }
  }
  return { task, happened }
}
