import { type Action, actions, type Role } from '../../api/actions.ts'

/** `own`: only on what the person created or is assigned to. */
type Rule = 'all' | 'own' | 'none'

/** A word for each role: shorter than a list, and every function carries the table. */
type Row = `${Rule} ${Rule} ${Rule} ${Rule} ${Rule}`

/** Who may do what, in one place. Columns: owner, admin, manager, member, guest. */
const table: Record<Action, Row> = {
  'workspace.read': 'all all all all all',
  'workspace.edit': 'all all none none none',
  'workspace.deleteTasks': 'all none none none none',
  'audit.read': 'all none none none none',
  'member.read': 'all all all all none',
  'member.invite': 'all all none none none',
  'member.edit': 'all all none none none',
  // Owners make, unmake, suspend and remove owners: `workspaces/standing.ts`.
  'member.suspend': 'all all none none none',
  // Their own: to leave.
  'member.remove': 'all all own own own',
  'group.read': 'all all all all none',
  'group.create': 'all all none none none',
  'group.edit': 'all all none none none',
  'group.delete': 'all all none none none',
  'project.read': 'all all all all none',
  'project.create': 'all all all none none',
  'project.edit': 'all all all none none',
  'task.read': 'all all all all own',
  'task.create': 'all all all all none',
  'task.edit': 'all all all own none',
  'task.complete': 'all all all own none',
  'task.delete': 'all all all own none',
  // To other projects, or below other tasks: whoever may more there comes to do more with it. No share allows it.
  'task.move': 'all all all own none',
  'task.assign': 'all all all own none',
  'task.share': 'all all all own none',
  // Whoever works on a task may say how long.
  'task.time': 'all all all own own',
  'task.timeOfOthers': 'all all all none none',
  'task.purge': 'all all none none none',
  // Whoever sees a task may say something about it. `own`, of a text: whoever wrote it.
  'comment.read': 'all all all all own',
  'comment.create': 'all all all all own',
  'comment.edit': 'own own own own own',
  'comment.delete': 'all all all own own',
  'template.read': 'all all all all none',
  'template.create': 'all all all all none',
  'template.edit': 'all all all own none',
  'template.delete': 'all all all own none',
  // What it makes needs `task.create` or `project.create` besides.
  'template.use': 'all all all all none',
  // What a job may do to each task, the actions of tasks say.
  'job.create': 'all all all all none',
  'job.read': 'all all own own own',
  'job.cancel': 'all all own own own',
  'statistics.read': 'all all all all none',
  // Whoever has one hears of every task; of what stands in the audit log only owners do.
  'webhook.read': 'all all none none none',
  'webhook.create': 'all all none none none',
  'webhook.edit': 'all all none none none',
  'webhook.delete': 'all all none none none',
}
const column: Record<Role, 0 | 1 | 2 | 3 | 4> = { owner: 0, admin: 1, manager: 2, member: 3, guest: 4 }

export const ruleFor = (role: Role, action: Action): Rule => table[action].split(' ')[column[role]] as Rule

/** `owners`: the people whose own the target is; absent when the target is nobody's own. */
export const mayDo = (role: Role, action: Action, isOwn: boolean): boolean => {
  const rule = ruleFor(role, action)
  return rule === 'all' || (rule === 'own' && isOwn)
}

/** Actions of one group (`task.`) that the role allows, as `allowedActions` shows them. */
export const allowedActions = (role: Role, group: string, isOwn: boolean): Action[] =>
  actions.filter((action) => action.startsWith(`${group}.`) && mayDo(role, action, isOwn))
