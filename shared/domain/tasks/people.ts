import type { TaskPatch } from '../../api/schemas/task.ts'
import { may } from '../access/target.ts'
import { invalidField } from '../failure.ts'
import type { Group } from '../groups/group.ts'
import type { Workspaces } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Task } from './task.ts'

const ofPeople = ['assigneeIds', 'watcherIds'] as const
const fields = [...ofPeople, 'assigneeGroupIds'] as const
type Naming = Pick<TaskPatch, (typeof fields)[number]>

/** Who is there of those whom a body names: people by their ids, and groups by theirs. */
export type Everybody = ReadonlyMap<string, Member | Group | undefined>

/** Whether a patch says who is assigned. */
export const isAssigning = ({ assigneeIds, assigneeGroupIds }: TaskPatch): boolean =>
  assigneeIds !== undefined || assigneeGroupIds !== undefined

/** Everybody whom a body names, as members and groups of the workspace or not. */
export const peopleIn = async (
  body: Naming,
  workspaceId: string,
  workspaces: Pick<Workspaces, 'member' | 'group'>,
): Promise<Everybody> => {
  const people = new Set(ofPeople.flatMap((field) => body[field] ?? []))
  const groups = new Set(body.assigneeGroupIds)
  const [members, found] = await Promise.all([
    Promise.all([...people].map((id) => workspaces.member(workspaceId, id))),
    Promise.all([...groups].map((id) => workspaces.group(workspaceId, id))),
  ])
  const all = [...members, ...found]
  return new Map([...people, ...groups].map((id, index) => [id, all[index]]))
}

/** To whom groups are not shown, none are there. */
const isThere = (field: keyof Naming, id: string, named: Everybody, caller: Member): boolean =>
  named.get(id) !== undefined && (field !== 'assigneeGroupIds' || may(caller, 'group.read', {}))

/** Whoever a body names must be of the workspace; who stands in the task already may stay. */
export const checkPeople = (body: Naming, named: Everybody, caller: Member, task?: Task): void => {
  for (const field of fields) {
    const present = task?.[field] ?? []
    const strange = (body[field] ?? []).findIndex(
      (id) => !isThere(field, id, named, caller) && !present.includes(id),
    )
    if (strange < 0) continue
    const what = field === 'assigneeGroupIds' ? 'group' : 'member'
    throw invalidField(`/${field}/${strange}`, `must be a ${what} of this workspace`)
  }
}
