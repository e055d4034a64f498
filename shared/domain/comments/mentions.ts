import { may } from '../access/target.ts'
import { invalidField } from '../failure.ts'
import { isGroupId } from '../groups/everybody.ts'
import type { WorkspacesByKey } from '../ports.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import { withoutCode } from './code.ts'
import type { Mentions } from './comment.ts'
import { mentionPattern } from './mentionPattern.ts'

/** As many people and groups as one text may mention. */
const most = 50

/**
 * The people and groups that a text mentions by its form, whoever they are; nothing of what stands in code.
 * @throws Failure `invalid-request` where there are too many
 */
const namedIn = (body: string): string[] => {
  const all = [...withoutCode(body).matchAll(new RegExp(mentionPattern, 'g'))].map(([, , id = '']) => id)
  const ids = [...new Set(all)]
  if (ids.length > most) throw invalidField('/body', `must mention at most ${most} people and groups`)
  return ids
}

/** Those of them who are there, to be looked at once it is known who asks. */
export interface Named {
  readonly members: readonly Member[]
  readonly groupIds: readonly string[]
}

export const mentionedIn = async (
  body: string,
  workspaceId: string,
  workspaces: Pick<WorkspacesByKey, 'member' | 'group'>,
): Promise<Named> => {
  const ids = namedIn(body)
  const [members, groups] = await Promise.all([
    Promise.all(ids.filter((id) => !isGroupId(id)).map((id) => workspaces.member(workspaceId, id))),
    Promise.all(ids.filter(isGroupId).map((id) => workspaces.group(workspaceId, id))),
  ])
  return {
    members: members.filter((member) => member !== undefined),
    groupIds: groups.flatMap((one) => one?.id ?? []),
  }
}

/** Those who count: people who may read the task, and groups, if the author is somebody to whom groups are shown. */
export const counting = ({ members, groupIds }: Named, task: Task, author: Member): Mentions => ({
  userIds: members.filter((one) => may(one, 'task.read', aboutTask(task))).map(({ userId }) => userId),
  groupIds: may(author, 'group.read', {}) ? groupIds : [],
})
