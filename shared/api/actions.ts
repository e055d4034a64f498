/** Everything a member may do in a workspace; `shared/domain/access` says which role may do which. */
export const actions = [
  'workspace.read',
  'workspace.edit',
  'workspace.deleteTasks',
  'audit.read',
  'member.read',
  'member.invite',
  'member.edit',
  'member.suspend',
  'member.remove',
  'project.read',
  'project.create',
  'project.edit',
  'task.read',
  'task.create',
  'task.edit',
  'task.complete',
  'task.delete',
  'task.move',
  'task.assign',
  'task.share',
  'task.time',
  'task.timeOfOthers',
  'task.purge',
  'template.read',
  'template.create',
  'template.edit',
  'template.delete',
  'template.use',
  'job.create',
  'job.read',
  'job.cancel',
  'statistics.read',
] as const
export type Action = (typeof actions)[number]

export const roles = ['owner', 'admin', 'manager', 'member', 'guest'] as const
export type Role = (typeof roles)[number]
