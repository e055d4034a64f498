import type { TaskPatch } from '../../api/schemas/task.ts'
import type { Projects, Workspaces } from '../ports.ts'
import { checkCustomFields, type Declared, fieldsIn } from '../tasks/customFields.ts'
import { checkPeople, type Everybody, peopleIn } from '../tasks/people.ts'
import type { Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

/** What patches name besides the task itself: people, groups, and fields that projects declare. */
export interface Named {
  readonly people: Everybody
  readonly declared: Declared
}

interface Stores {
  readonly workspaces: Pick<Workspaces, 'member' | 'group'>
  readonly projects: Pick<Projects, 'field'>
}

/** Looks up everything that some patches name, in one turn. */
export const namedIn = async (
  patches: readonly TaskPatch[],
  workspaceId: string,
  stores: Stores,
): Promise<Named> => {
  const everybody = {
    assigneeIds: patches.flatMap(({ assigneeIds = [] }) => assigneeIds),
    assigneeGroupIds: patches.flatMap(({ assigneeGroupIds = [] }) => assigneeGroupIds),
    watcherIds: patches.flatMap(({ watcherIds = [] }) => watcherIds),
  }
  const [people, declared] = await Promise.all([
    peopleIn(everybody, workspaceId, stores.workspaces),
    fieldsIn(patches, workspaceId, stores),
  ])
  return { people, declared }
}

/** How many different things some patches name. */
export const countNamed = (patches: readonly TaskPatch[]): number =>
  new Set(
    patches.flatMap(({ assigneeIds = [], assigneeGroupIds = [], watcherIds = [], customFields = {} }) => [
      ...assigneeIds,
      ...assigneeGroupIds,
      ...watcherIds,
      ...Object.entries(customFields).flat(),
    ]),
  ).size

/**
 * What a patch names must exist for the task, as in the route for one task.
 * @throws Failure `invalid-request`
 */
export const checkNamed = (patch: TaskPatch, named: Named, caller: Member, task: Task): void => {
  checkPeople(patch, named.people, caller, task)
  checkCustomFields(patch, named.declared, task)
}
