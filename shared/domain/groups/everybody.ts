import { idPrefixes } from '../../api/schemas/ids.ts'
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
  const all: string[] = []
  let after: string | undefined
  do {
    const { items, more } = await groups.places(workspaceId, groupId, pageSize, after)
    all.push(...items.map(({ userId }) => userId))
    after = more ? items.at(-1)?.userId : undefined
  } while (after !== undefined)
  return all
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
