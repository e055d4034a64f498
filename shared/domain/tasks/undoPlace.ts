import type { LinkKind } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { Failure } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Editor } from './edit.ts'
import { versionMadeBy, withMark } from './idempotency.ts'
import type { RequestMark, Task } from './task.ts'
import { refuseTrashed, undoing } from './undo.ts'
import { type Change, refuseOverlaps, type Undoable } from './undoOverlaps.ts'
import { setLink } from './useLinks.ts'
import { setParent } from './useParent.ts'

type Structured = Pick<Stores, 'tasks' | 'structure'>

/** Writes of the structure that note the request with the task it is about. */
const noting = ({ tasks, structure }: Structured, taskId: string, mark: RequestMark | null): Structured => ({
  tasks,
  structure: {
    version: structure.version,
    write: (workspaceId, version, changed) =>
      structure.write(
        workspaceId,
        version,
        changed.map((one) => (one.id === taskId ? withMark(one, mark) : one)),
      ),
  },
})

const gone = (what: string): Failure =>
  new Failure('conflict', `The task that it ${what} is no longer there to go back to.`)

/** A change of the place among other tasks, if an event is one: it is taken back with them. */
export const placing = ({ type, changes }: Undoable): Change | undefined =>
  type === 'task.changed'
    ? changes.find(({ field }) => field === 'parentId' || field.startsWith('links/'))
    : undefined

interface Undoing {
  readonly event: Undoable
  readonly editor: Editor
  /** Whoever takes it back. */
  readonly member: Member
  readonly mark: RequestMark | null
}

/**
 * Takes back that a task was put under another one, or was linked with it, by the very rules of doing so.
 * @throws Failure `conflict` when it was changed again since, or the other task has gone
 */
export const undoPlacing = async (
  task: Task,
  { field, from }: Change,
  { event, editor, member, mark }: Undoing,
  stores: Structured,
): Promise<Task> => {
  const { workspaceId, id } = task
  const check = (present: Task) => {
    if (versionMadeBy(present, mark) !== undefined) throw new Failure('in-progress')
    refuseTrashed(present)
    refuseOverlaps(present, event)
  }
  const by = undoing(editor, event)
  const around = noting(stores, id, mark)
  const otherId = field === 'parentId' ? (from as string | null) : field.slice('links/'.length)
  const [seen, version] = await Promise.all([
    otherId === null ? undefined : stores.tasks.task(workspaceId, otherId),
    stores.structure.version(workspaceId),
  ])
  // One that the person may not read is as good as gone.
  const other = readable(seen, member)
  const isGone = other === undefined || other.trashedAt !== null || other.purge !== null
  if (field !== 'parentId') {
    if (isGone) throw gone('was linked with')
    return setLink({ task, other, version }, from as LinkKind | null, by, around, check)
  }
  if (otherId !== null && isGone) throw gone('stood under')
  return setParent({ task, parent: other, version }, otherId, by, around, check)
}
