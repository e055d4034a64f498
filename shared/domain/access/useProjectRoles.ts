import type { ProjectMemberReply, ProjectRoleSet } from '../../api/schemas/access.ts'
import { edit } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { AllStores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { isActive, type Member } from '../workspaces/workspace.ts'
import { inProject, may, ofProject, roleTowards, runsWorkspace } from './target.ts'

/** As many projects as one person may have a role of their own in. */
const most = 200

const present = (member: Member, projectId: string): ProjectMemberReply => ({
  userId: member.userId,
  name: member.name,
  role: roleTowards(member, inProject(projectId)),
  isOfProject: !runsWorkspace(member) && member.projectRoles?.[projectId] !== undefined,
  version: member.version,
})

interface InProject {
  readonly workspaceId: string
  readonly projectId: string
}
type ListAsk = Ask<InProject, { limit: number }>
type Slice = Awaited<ReturnType<AllStores['workspaces']['members']>>
interface Listed {
  readonly project: Project | undefined
  readonly members: Slice
}

export const listProjectMembers: UseCase<
  ListAsk,
  AllStores,
  Listed,
  { items: ProjectMemberReply[]; next?: string }
> = {
  load: async ({ params: { workspaceId, projectId }, query, position }, { workspaces, projects }) => {
    const [project, members] = await Promise.all([
      projects.project(workspaceId, projectId),
      workspaces.members(workspaceId, query.limit, position),
    ])
    return { project, members }
  },
  about: ofProject,
  run: async ({ ask }, { project, members: { items, more } }) => {
    if (project === undefined) throw notFound()
    const { projectId } = ask.params
    const seen = items.filter(
      (member) => isActive(member) && may(member, 'project.read', inProject(projectId)),
    )
    return {
      body: { items: seen.map((member) => present(member, projectId)) },
      nextPosition: more ? items.at(-1)?.userId : undefined,
    }
  },
}

type RoleAsk<Body = unknown> = Ask<InProject & { readonly userId: string }, unknown, Body>
interface Loaded {
  readonly project: Project | undefined
  readonly subject: Member | undefined
}

const load = async ({ params }: RoleAsk, { projects, workspaces }: AllStores): Promise<Loaded> => {
  const [project, subject] = await Promise.all([
    projects.project(params.workspaceId, params.projectId),
    workspaces.member(params.workspaceId, params.userId),
  ])
  return { project, subject }
}

/** Gives or takes a role in the project; nothing is written where that changes nothing. */
const change = async (
  { params: { projectId }, expected, userId }: RoleAsk,
  { project, subject }: Loaded,
  rolesAfter: (roles: NonNullable<Member['projectRoles']>) => NonNullable<Member['projectRoles']>,
  { workspaces }: AllStores,
): Promise<Member> => {
  if (project === undefined || subject === undefined) throw notFound()
  const decide = (now: Member): Member => {
    const { projectRoles = {} } = now
    const next = rolesAfter(projectRoles)
    if (next[projectId] === projectRoles[projectId]) return now
    return { ...now, projectRoles: next, updatedBy: userId, version: now.version + 1 }
  }
  return edit(subject, expected, decide, workspaces.setProjectRoles)
}

export const setProjectRole: UseCase<RoleAsk<ProjectRoleSet>, AllStores, Loaded, ProjectMemberReply> = {
  load,
  about: ofProject,
  run: async ({ ask }, loaded, stores) => {
    const { projectId } = ask.params
    if (loaded.subject !== undefined && runsWorkspace(loaded.subject))
      throw new Failure('conflict', 'Owners and admins have the same role in every project.')
    const withRole = (roles: NonNullable<Member['projectRoles']>) => {
      if (roles[projectId] === undefined && Object.keys(roles).length >= most)
        throw new Failure('conflict', `A member has a role of their own in at most ${most} projects.`)
      return { ...roles, [projectId]: ask.body.role }
    }
    const member = await change(ask, loaded, withRole, stores)
    return { body: present(member, projectId), version: member.version }
  },
}

export const removeProjectRole: UseCase<RoleAsk, AllStores, Loaded, undefined> = {
  load,
  about: ofProject,
  run: async ({ ask }, loaded, stores) => {
    const without = ({ [ask.params.projectId]: _, ...others }: NonNullable<Member['projectRoles']>) => others
    await change(ask, loaded, without, stores)
    return { body: undefined }
  },
}
