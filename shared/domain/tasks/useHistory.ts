import type { CommentEntry, HistoryEntry, TaskHappening } from '../../api/schemas/record.ts'
import type { CommentEvent, Event, HistoryPlace } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { found } from './change.ts'
import { type HistoryPages, type HistoryWorld, historyPages, writtenPlace } from './historyPlace.ts'
import { aboutTask } from './task.ts'
import type { TaskParams } from './taskCase.ts'

const isOfTask = (event: Event | CommentEvent): event is Event => 'taskVersion' in event

const shownChange = (event: Event): HistoryEntry => {
  const { sequence, type, taskId, taskVersion, at, by, through, changes, cause } = event
  return { sequence, type, taskId, taskVersion, at, by, ...(through && { through }), changes, cause }
}
const shownComment = (event: CommentEvent): CommentEntry => {
  const { sequence, type, taskId, commentId, at, by, through, changes } = event
  return { sequence, type, taskId, commentId, at, by, ...(through && { through }), changes }
}

/**
 * Newest first by their numbers, each kind in its own order. Of a kind whose page was cut short nothing is known behind
 * its end, and so nothing is told of the other one either.
 */
const merged = ({ changes, comments }: HistoryPages, limit: number): (Event | CommentEvent)[] => {
  const [ofTask, ofComments] = [[...changes.items], [...comments.items]]
  const result: (Event | CommentEvent)[] = []
  while (result.length < limit) {
    const [change, comment] = [ofTask[0], ofComments[0]]
    const isUnknown = (change === undefined && changes.more) || (comment === undefined && comments.more)
    const isChange = (change?.sequence ?? 0) > (comment?.sequence ?? 0)
    const next = isChange ? ofTask.shift() : ofComments.shift()
    if (isUnknown || next === undefined) break
    result.push(next)
  }
  return result
}

const placeAfter = (from: HistoryPlace, items: readonly (Event | CommentEvent)[]): HistoryPlace => ({
  version: items.findLast(isOfTask)?.taskVersion ?? from.version,
  sequence: items.findLast((event) => !isOfTask(event))?.sequence ?? from.sequence,
})

type HistoryAsk = Ask<TaskParams, { limit: number }>

/** What happened to a task and to its comments, newest first. */
export const listTaskHistory: UseCase<
  HistoryAsk,
  HistoryWorld,
  HistoryPages,
  { items: TaskHappening[]; next?: string }
> = {
  load: (ask, world) => historyPages(ask, ask.query.limit, world),
  // As long as it can be looked at, what happened to it can be.
  about: ({ task }) => aboutTask(found(task)),
  run: async ({ ask }, loaded) => {
    found(loaded.task)
    const items = merged(loaded, ask.query.limit)
    const { above, changes, comments } = loaded
    const more = changes.more || comments.more || items.length < changes.items.length + comments.items.length
    return {
      body: { items: items.map((event) => (isOfTask(event) ? shownChange(event) : shownComment(event))) },
      nextPosition: more ? writtenPlace(placeAfter(above, items)) : undefined,
    }
  },
}
