import type { Role } from '../../api/actions.ts'
import { allowedActions } from '../access/permissions.ts'
import { differs, edit, made } from '../edited.ts'
import { existing, Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { AllStores } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import { isActive, type Member, type Workspace } from './workspace.ts'

interface Fields {
  readonly name: string
  readonly zone: string
}
interface WorkspaceReply extends Fields {
  id: string
  archiveRetentionDays: number | null
  createdAt: string
  updatedAt: string
  version: number
  allowedActions: string[]
}

const present = (
  { id, name, zone, archiveRetentionDays = null, createdAt, updatedAt, version }: Workspace,
  role: Role,
): WorkspaceReply => ({
  id,
  name,
  zone,
  archiveRetentionDays,
  createdAt,
  updatedAt,
  version,
  allowedActions: ['workspace', 'audit', 'member', 'group', 'project', 'statistics'].flatMap((group) =>
    allowedActions(role, group, false),
  ),
})
const answer = (workspace: Workspace, role: Role): Outcome<WorkspaceReply> => ({
  body: present(workspace, role),
  version: workspace.version,
})

export const createWorkspace: UseCase<Ask<unknown, unknown, Fields>, AllStores, undefined, WorkspaceReply> = {
  run: async ({ ask, person }, _loaded, { workspaces }) => {
    const { body, now, mark, userId } = ask
    const id = makeId('workspace', Date.parse(now), randomSeed())
    const { name, zone } = body
    const workspace: Workspace = {
      id,
      name,
      zone,
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      version: 1,
      owners: 1,
    }
    const owner: Member = {
      workspaceId: id,
      workspaceName: name,
      userId,
      name: person.name,
      role: 'owner',
      joinedAt: now,
      updatedBy: userId,
      version: 1,
    }
    const clash = () => new Failure('conflict')
    const created = made(await workspaces.found(workspace, owner, mark), workspace, mark, clash)
    return { ...answer(created, 'owner'), location: `/v1/workspaces/${created.id}` }
  },
}

type PageAsk = Ask<unknown, { limit: number }>
interface Memberships {
  items: { workspaceId: string; workspaceName: string; role: Role }[]
  next?: string
}
type Slice = Awaited<ReturnType<AllStores['workspaces']['memberships']>>

export const listWorkspaces: UseCase<PageAsk, AllStores, Slice, Memberships> = {
  load: ({ userId, query, position }, { workspaces }) =>
    workspaces.memberships(userId, query.limit, position),
  run: async (_call, { items, more }) => ({
    body: {
      items: items
        .filter(isActive)
        .map(({ workspaceId, workspaceName, role }) => ({ workspaceId, workspaceName, role })),
    },
    nextPosition: more ? items.at(-1)?.workspaceId : undefined,
  }),
}

type WorkspaceAsk<Body = unknown> = Ask<{ workspaceId: string }, unknown, Body>
const load = ({ params }: WorkspaceAsk, { workspaces }: AllStores) => workspaces.workspace(params.workspaceId)

export const getWorkspace: UseCase<WorkspaceAsk, AllStores, Workspace | undefined, WorkspaceReply> = {
  load,
  run: async ({ member }, workspace) => answer(existing(workspace), member.role),
}

interface Patch {
  readonly name?: string | undefined
  readonly zone?: string | undefined
  readonly archiveRetentionDays?: number | null | undefined
}

export const editWorkspace: UseCase<WorkspaceAsk<Patch>, AllStores, Workspace | undefined, WorkspaceReply> = {
  load,
  run: async ({ ask, member }, workspace, { workspaces }) => {
    const { name, zone, archiveRetentionDays } = ask.body
    const decide = (now: Workspace): Workspace => {
      const { archiveRetentionDays: kept = null } = now
      const patch = {
        name: name ?? now.name,
        zone: zone ?? now.zone,
        archiveRetentionDays: archiveRetentionDays === undefined ? kept : archiveRetentionDays,
      }
      return differs({ ...now, archiveRetentionDays: kept }, patch)
        ? { ...now, ...patch, updatedAt: ask.now, updatedBy: ask.userId, version: now.version + 1 }
        : now
    }
    return answer(
      await edit(existing(workspace), ask.expected, decide, workspaces.editWorkspace),
      member.role,
    )
  },
}
