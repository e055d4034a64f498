import type { Tasks } from '../ports.ts'
import { revise } from '../tasks/edit.ts'
import type { TaskChange } from './record.ts'

/** Takes a task that is gone for good out of the links of the others. */
export const followLinks = async ({ before, after }: TaskChange, tasks: Tasks): Promise<void> => {
  if (before === undefined || after !== undefined) return
  const { workspaceId, id, purge, updatedBy, updatedAt } = before
  const editor = {
    userId: purge?.by ?? updatedBy,
    zone: 'UTC',
    cause: { kind: 'cascade', taskId: id } as const,
  }
  const at = purge?.at ?? updatedAt
  const release = async (otherId: string): Promise<void> => {
    for (;;) {
      const other = await tasks.task(workspaceId, otherId)
      if (other === undefined || !(id in other.links)) return
      const { [id]: _, ...links } = other.links
      // The one that is gone has long been in the trash: no time of the other goes back by it.
      const [, now = at] = [at, other.updatedAt].sort()
      if ((await tasks.replace(revise(other, { links }, { ...editor, now }))).won) return
    }
  }
  await Promise.all(Object.keys(before.links).map(release))
}
