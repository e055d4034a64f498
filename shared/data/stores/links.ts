import type { Consequences } from '../../domain/pipeline/consequences.ts'
import { listOwnersOf } from '../../domain/pipeline/owners.ts'
import type { LinkOwner } from '../../domain/ports.ts'
import { scheduledOf } from '../../domain/reminders/scheduled.ts'
import { rowOf } from '../../domain/tasks/present.ts'
import type { Task } from '../../domain/tasks/task.ts'
import * as keys from '../keys.ts'
import type { Item, Table, Write } from '../tablePort.ts'
import { decodeTask, placeIn } from './tasks.ts'

/** What a list shows; a list of reminders is read from the table alone, and stands in no index. */
const shownOf = (task: Task, owner: LinkOwner) =>
  'remindedId' in owner ? scheduledOf(task) : { ...rowOf(task), ...placeIn(task, owner) }

/** Apart from the key of other links, so that functions that read lists need not hold it. */
export const linkKeyOf = (workspaceId: string, owner: LinkOwner, taskId: string): keys.Key =>
  'remindedId' in owner
    ? keys.remindedKey(workspaceId, owner.remindedId, taskId)
    : keys.linkKey(workspaceId, owner, taskId)

const linkOf = (task: Task, owner: LinkOwner): Item => ({
  ...shownOf(task, owner),
  ...linkKeyOf(task.workspaceId, owner, task.id),
  itemType: 'link',
})

const nameOf = (owner: LinkOwner): string => JSON.stringify(owner)

/** A change of a task, as far as links know of it. */
type Touched = Pick<Consequences, 'owners'> & { readonly event: Pick<Consequences['event'], 'taskId'> }

/**
 * Links of the lists that some changes touch, as the tasks are now: whichever change is applied last, or again,
 * leaves what a later one made. A task moves once more only with a record of its own behind these.
 */
export const linkWrites = async (
  table: Table,
  workspaceId: string,
  part: readonly Touched[],
): Promise<Write[]> => {
  const touched = new Map<string, Map<string, LinkOwner>>()
  for (const { event, owners } of part) {
    const known = touched.get(event.taskId) ?? new Map<string, LinkOwner>()
    for (const owner of owners) known.set(nameOf(owner), owner)
    touched.set(event.taskId, known)
  }
  const writesOf = async ([taskId, owners]: [string, Map<string, LinkOwner>]): Promise<Write[]> => {
    if (owners.size === 0) return []
    const item = await table.get(keys.taskKeyOf(workspaceId, taskId))
    const task = item && decodeTask(item)
    const present = new Set((task === undefined ? [] : listOwnersOf(task)).map(nameOf))
    return [...owners].map(([name, owner]) =>
      task !== undefined && present.has(name)
        ? { put: linkOf(task, owner) }
        : { delete: linkKeyOf(workspaceId, owner, taskId) },
    )
  }
  return (await Promise.all([...touched].map(writesOf))).flat()
}
