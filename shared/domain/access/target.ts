import { type Action, actions, type Role } from '../../api/actions.ts'
import type { ShareLevel } from '../../api/schemas/access.ts'
import type { Member } from '../workspaces/workspace.ts'
import { ruleFor } from './permissions.ts'

/** What a request is about, as far as it matters to who may do it. */
export interface Target {
  /** People whose own it is. */
  readonly owners?: readonly string[]
  /** Groups whose own it is: that of everybody in one. */
  readonly groupIds?: readonly string[]
  /** Projects in which it stands. */
  readonly projectIds?: readonly string[]
  /** People it was shared with one by one. */
  readonly shares?: Readonly<Record<string, ShareLevel>>
}

/** What a share lets somebody do, whatever their role. */
const shared: Record<ShareLevel, readonly Action[]> = {
  view: ['task.read', 'comment.read', 'comment.create'],
  edit: ['task.read', 'task.edit', 'task.complete', 'task.time', 'comment.read', 'comment.create'],
}

/** What stands in one project, and is nobody's own. */
export const inProject = (projectId: string): Target => ({ projectIds: [projectId] })

/** What a route is about that names its project in the path. */
export const ofProject = (
  _loaded: unknown,
  { params }: { readonly params: { readonly projectId: string } },
): Target => inProject(params.projectId)

/** From the strongest to the weakest. */
const strength: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'guest']

/** Those who run the workspace are the same everywhere: roles in projects do not count for them. */
export const runsWorkspace = ({ role }: Member): boolean => role === 'owner' || role === 'admin'

interface Standing {
  readonly role: Role
  readonly from: 'workspace' | 'project' | 'share'
  /** The project that gives the role. */
  readonly projectId?: string
}

/**
 * The role that somebody has towards a target. A role in a project takes the place of the one in the workspace there,
 * be it weaker or stronger; of several projects the one counts that allows the most.
 */
const standingOf = (member: Member, { projectIds = [] }: Target): Standing => {
  const { role, projectRoles = {} } = member
  const ofWorkspace: Standing = { role, from: 'workspace' }
  if (runsWorkspace(member) || projectIds.length === 0) return ofWorkspace
  const all = projectIds.map((projectId): Standing => {
    const given = projectRoles[projectId]
    return given === undefined ? ofWorkspace : { role: given, from: 'project', projectId }
  })
  return all.reduce((best, one) => (strength.indexOf(one.role) < strength.indexOf(best.role) ? one : best))
}

export const roleTowards = (member: Member, target: Target): Role => standingOf(member, target).role

/** The groups through which something is somebody's own. */
export const groupsBetween = ({ groupIds = [] }: Member, target: Pick<Target, 'groupIds'>): string[] =>
  (target.groupIds ?? []).filter((id) => groupIds.includes(id))

/** The rule that lets or stops somebody. */
export const explain = (member: Member, action: Action, target: Target) => {
  const standing = standingOf(member, target)
  const rule = ruleFor(standing.role, action)
  const isNamed = (target.owners ?? []).includes(member.userId)
  const [groupId] = isNamed ? [] : groupsBetween(member, target)
  const isOwn = isNamed || groupId !== undefined
  const allowed = rule === 'all' || (rule === 'own' && isOwn)
  const share = target.shares?.[member.userId]
  const isShared = !allowed && share !== undefined && shared[share].includes(action)
  return {
    ...standing,
    ...(isShared && { from: 'share' as const }),
    rule,
    isOwn,
    ...(groupId !== undefined && { groupId }),
    allowed: allowed || isShared,
  }
}

export const may = (member: Member, action: Action, target: Target): boolean =>
  explain(member, action, target).allowed

/** Actions of one group (`task.`) that somebody may do to a target, as `allowedActions` shows them. */
export const allowedOn = (member: Member, group: string, target: Target): Action[] =>
  actions.filter((action) => action.startsWith(`${group}.`) && may(member, action, target))

/** Whether somebody may do something to every target of the workspace. */
export const mayAlways = (member: Member, action: Action): boolean =>
  ruleFor(member.role, action) === 'all' &&
  (runsWorkspace(member) || Object.keys(member.projectRoles ?? {}).length === 0)
