import * as passwords from '../../shared/domain/account/passwords.ts'
import * as profile from '../../shared/domain/account/profile.ts'
import * as signIn from '../../shared/domain/account/signIn.ts'
import * as signOut from '../../shared/domain/account/signOut.ts'
import * as signUp from '../../shared/domain/account/signUp.ts'
import * as projects from '../../shared/domain/projects/useProject.ts'
import * as createTask from '../../shared/domain/tasks/createTask.ts'
import * as listTasks from '../../shared/domain/tasks/listTasks.ts'
import * as tasks from '../../shared/domain/tasks/useTask.ts'
import * as invitations from '../../shared/domain/workspaces/useInvitations.ts'
import * as members from '../../shared/domain/workspaces/useMembers.ts'
import * as workspaces from '../../shared/domain/workspaces/useWorkspace.ts'

/** Use cases by the names of their routes. */
export const useCases: Record<string, unknown> = {
  ...signUp,
  ...signIn,
  ...signOut,
  ...passwords,
  ...profile,
  ...projects,
  ...createTask,
  ...listTasks,
  ...tasks,
  ...invitations,
  ...members,
  ...workspaces,
}
