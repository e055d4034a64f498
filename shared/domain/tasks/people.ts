import type { TaskPatch } from '../../api/schemas/task.ts'
import { invalidField } from '../failure.ts'
import type { Workspaces } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Task } from './task.ts'

const fields = ['assigneeIds', 'watcherIds'] as const
type Naming = Pick<TaskPatch, (typeof fields)[number]>
type Members = ReadonlyMap<string, Member | undefined>

/** Everybody whom a body names, as members of the workspace or not. */
export const peopleIn = async (
  body: Naming,
  workspaceId: string,
  workspaces: Pick<Workspaces, 'member'>,
): Promise<Members> => {
  const ids = [...new Set(fields.flatMap((field) => body[field] ?? []))]
  const members = await Promise.all(ids.map((id) => workspaces.member(workspaceId, id)))
  return new Map(ids.map((id, index) => [id, members[index]]))
}

/** Everybody whom a body names must be a member; who stands in the task already may stay. */
export const checkPeople = (body: Naming, members: Members, task?: Task): void => {
  for (const field of fields) {
    const present = task?.[field] ?? []
    const strange = (body[field] ?? []).findIndex(
      (id) => members.get(id) === undefined && !present.includes(id),
    )
    if (strange >= 0) throw invalidField(`/${field}/${strange}`, 'must be a member of this workspace')
  }
}
