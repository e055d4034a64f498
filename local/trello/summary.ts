import type { Board } from './board.ts'
import type { ImportReport } from './importBoard.ts'
import type { PlannedTask } from './plan.ts'

const count = (number: number, what: string): string => `${String(number).padStart(5)}  ${what}`

/** What an import made, changed and left out, line by line. */
export function summary(board: Board, report: ImportReport): string[] {
  const { plan, owner, workspaceId, projectId, made, kept, scheduled, notes } = report
  const sum = (numberOf: (task: PlannedTask) => number) =>
    plan.tasks.reduce((total, task) => total + numberOf(task), 0)
  const labels = sum(({ fields }) => fields.tags.length - 1)
  const cancelled = sum(({ fields }) => (fields.status === 'cancelled' ? 1 : 0))
  return [
    '',
    `“${board.name}” is the project ${projectId} in the workspace ${workspaceId}.`,
    `Its owner signs in as ${owner.email}.`,
    '',
    count(board.lists.length, 'lists: a tag “list:…” on each task, all named in the project’s description'),
    count(board.cards.length, `cards: ${made} tasks made, ${kept} were there already`),
    count(labels, `labels on cards, of ${board.labels.length}: tags; one without a name goes by its colour`),
    count(plan.members.length, `members, assigned ${sum(({ memberIds }) => memberIds.length)} times`),
    count(
      sum(({ comments }) => comments),
      'comments, in the descriptions, with author and time',
    ),
    count(cancelled, 'archived or cancelled cards: cancelled, unless something says that they were finished'),
    count(scheduled, 'due dates moved to the time asked for, each with a reminder'),
    '',
    ...(notes.length > 0 ? ['Changed or left out:', ...notes.map((note) => `  - ${note}`)] : []),
  ]
}
