import type { Person } from '../account/person.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type Facts, isActive } from './facts.ts'

/** Somebody who is told something of a workspace. */
export interface Reader {
  readonly person: Person
  readonly member: Member
  readonly workspaceName: string
}

/** The person as they are now; a sentence that says why they are not to be told. */
export const readerOf = async (
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
  { people, workspaces }: Facts,
): Promise<Reader | string> => {
  const [person, member, workspace] = await Promise.all([
    people.person(userId),
    workspaces.member(workspaceId, userId),
    workspaces.workspace(workspaceId),
  ])
  if (!isActive(person)) return 'the account is not open'
  if (member === undefined || workspace === undefined) return 'the person is no member any more'
  return { person, member, workspaceName: workspace.name }
}
