import { isDeepStrictEqual } from 'node:util'
import type { Column, ColumnInput } from '../../api/schemas/project.ts'
import { type Status, statuses } from '../../api/schemas/task.ts'
import { invalidField } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'

const names: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In progress',
  blocked: 'Blocked',
  done: 'Done',
  cancelled: 'Cancelled',
}

/** The board that nobody has arranged: a column for each status, with ids that follow from the project's. */
export const defaultColumns = (projectId: string): Column[] =>
  statuses.map((status) => ({
    id: makeId('column', 0, derivedSeed(projectId, status)),
    name: names[status],
    status,
  }))

/** A column that stays keeps its status: tasks stand in it that have it. */
const checkKept = (wanted: ColumnInput, index: number, present: readonly Column[]): void => {
  const column = present.find(({ id }) => id === wanted.id)
  if (column === undefined) throw invalidField(`/columns/${index}/id`, 'must be a column of this project')
  if (column.status !== wanted.status)
    throw invalidField(`/columns/${index}/status`, `must stay ${column.status}`)
}

const check = (wanted: readonly ColumnInput[], present: readonly Column[]): void => {
  for (const [index, column] of wanted.entries()) {
    if (column.id === undefined) continue
    checkKept(column, index, present)
    if (wanted.findIndex(({ id }) => id === column.id) < index)
      throw invalidField(`/columns/${index}/id`, 'must stand once')
  }
  const bare = statuses.find((status) => !wanted.some((column) => column.status === status))
  if (bare !== undefined) throw invalidField('/columns', `must have a column of status ${bare}`)
}

/**
 * The board after it was given as a whole; the very same list when nothing changes.
 * @throws Failure `invalid-request` for columns of another project, and for a status without a column
 */
export const columnsAfter = (
  wanted: readonly ColumnInput[],
  present: readonly Column[],
  now: string,
): readonly Column[] => {
  check(wanted, present)
  const columns = wanted.map(({ id, name, status }) => ({
    id: id ?? makeId('column', Date.parse(now), randomSeed()),
    name,
    status,
  }))
  return isDeepStrictEqual(columns, present) ? present : columns
}
