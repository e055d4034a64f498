import type { Person } from '../../../../shared/domain/account/person.ts'
import type { Comment } from '../../../../shared/domain/comments/comment.ts'
import type { Facts } from '../../../../shared/domain/notices/facts.ts'
import type { Ledger, LedgerRow } from '../../../../shared/domain/notices/ledger.ts'
import type { Preferences } from '../../../../shared/domain/notices/preferences.ts'
import type { Project } from '../../../../shared/domain/projects/project.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import type { Invitation, Member, Workspace } from '../../../../shared/domain/workspaces/workspace.ts'

export interface Known {
  readonly people?: readonly Person[]
  readonly members?: readonly Member[]
  readonly tasks?: readonly Task[]
  readonly comments?: readonly Comment[]
  readonly invitations?: readonly Invitation[]
  readonly workspaces?: readonly Workspace[]
  readonly projects?: readonly Project[]
  readonly preferences?: readonly Preferences[]
}

/** Facts as the stores would read them from what is known. */
export const factsOf = (known: Known): Facts =>
  ({
    people: { person: async (id: string) => known.people?.find((one) => one.id === id) },
    workspaces: {
      workspace: async (id: string) => known.workspaces?.find((one) => one.id === id),
      member: async (workspaceId: string, userId: string) =>
        known.members?.find((one) => one.workspaceId === workspaceId && one.userId === userId),
      invitation: async (_: string, id: string) => known.invitations?.find((one) => one.id === id),
    },
    projects: { project: async (_: string, id: string) => known.projects?.find((one) => one.id === id) },
    preferences: {
      preferences: async (workspaceId: string, userId: string) =>
        known.preferences?.find((one) => one.workspaceId === workspaceId && one.userId === userId),
    },
    tasks: { task: async (_: string, id: string) => known.tasks?.find((one) => one.id === id) },
    comments: {
      comment: async (_: string, taskId: string, id: string) =>
        known.comments?.find((one) => one.taskId === taskId && one.id === id),
    },
  }) as unknown as Facts

/** A ledger in memory, conditional as the table is. */
export const memoryLedger = () => {
  const rows = new Map<string, LedgerRow>()
  const ledger: Ledger = {
    row: async ({ id }) => rows.get(id),
    write: async (row) => {
      const present = rows.get(row.id)
      if ((present?.version ?? 0) !== row.version - 1) return { won: false, present }
      rows.set(row.id, row)
      return { won: true }
    },
  }
  return { rows, ledger, only: () => [...rows.values()][0] }
}
