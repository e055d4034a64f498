import type { Tasks } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import type { FileAddress, FileObjects } from './ports.ts'

/** Removals under way at once. */
const together = 10

/** The states of a task before and after a write. */
interface Change {
  readonly before?: Task | undefined
  readonly after?: Task | undefined
}

/** Files that a task held before a change and not after it: detached, or purged with the task. */
const filesLeft = ({ before, after }: Change): FileAddress[] => {
  if (before === undefined) return []
  const { workspaceId, id: taskId } = before
  return Object.keys(before.attachments)
    .filter((attachmentId) => !Object.hasOwn(after?.attachments ?? {}, attachmentId))
    .map((attachmentId) => ({ workspaceId, taskId, attachmentId }))
}

/**
 * Drops the files that a task has left. The task is read once more, since a record may come late and its file may
 * have been attached again.
 */
export const dropFiles = async (
  change: Change,
  world: { readonly tasks: Pick<Tasks, 'task'>; readonly objects: Pick<FileObjects, 'remove'> },
): Promise<void> => {
  const left = filesLeft(change)
  const [first] = left
  if (first === undefined) return
  const present = await world.tasks.task(first.workspaceId, first.taskId)
  const gone = left.filter(({ attachmentId }) => !Object.hasOwn(present?.attachments ?? {}, attachmentId))
  for (let from = 0; from < gone.length; from += together) {
    await Promise.all(gone.slice(from, from + together).map((address) => world.objects.remove(address)))
  }
}
