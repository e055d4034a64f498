import { idPrefixes } from '../../api/schemas/ids.ts'
import { allOf } from '../pages.ts'
import type { Groups } from './ports.ts'

/** Whether the id of an assignee is that of a group. */
export const isGroupId = (id: string): boolean => id.startsWith(`${idPrefixes.group}_`)

const pageSize = 250

/** Who is in a group, suspended ones included; nobody in one that is gone. */
const everybodyIn = async (
  workspaceId: string,
  groupId: string,
  groups: Pick<Groups, 'places'>,
): Promise<readonly string[]> => {
  const page = (after?: string) => groups.places(workspaceId, groupId, pageSize, after)
  const all = await allOf(page, ({ userId }) => userId)
  return all.map(({ userId }) => userId)
}

/** Looks up each group once, however often it is asked for: for whatever ends within a minute. */
export const remembering = (groups: Pick<Groups, 'places'>) => {
  const known = new Map<string, Promise<readonly string[]>>()
  return (workspaceId: string, groupId: string): Promise<readonly string[]> => {
    const present = known.get(groupId) ?? everybodyIn(workspaceId, groupId, groups)
    known.set(groupId, present)
    return present
  }
}
