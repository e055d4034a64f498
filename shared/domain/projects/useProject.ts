import type { Escalation, ProjectPatch, ProjectReply } from '../../api/schemas/project.ts'
import type { Statistics } from '../../api/schemas/record.ts'
import { allowedOn, inProject, may, ofProject } from '../access/target.ts'
import { differs, edit, made } from '../edited.ts'
import { existing, Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { columnsAfter } from './columns.ts'
import { escalationAfter, toldBy } from './escalation.ts'
import { type Project, unshaped } from './project.ts'

interface Fields {
  readonly name: string
  readonly key: string
  readonly description: string
  readonly escalation: Escalation | null
}
/** The representation that a member of the workspace sees. */
export const present = (project: Project, member: Member): ProjectReply => ({
  id: project.id,
  workspaceId: project.workspaceId,
  key: project.key,
  name: project.name,
  description: project.description,
  // The table forgets the order of members; a repeated answer is the same to the letter.
  columns: project.columns.map(({ id, name, status }) => ({ id, name, status })),
  customFields: project.customFields.map(({ id, name, type, options, required }) => ({
    id,
    name,
    type,
    options,
    required,
  })),
  escalation: project.escalation && {
    afterMinutes: project.escalation.afterMinutes,
    userId: project.escalation.userId,
  },
  createdAt: project.createdAt,
  createdBy: project.createdBy,
  updatedAt: project.updatedAt,
  version: project.version,
  allowedActions: ['project', 'task'].flatMap((group) => allowedOn(member, group, inProject(project.id))),
})
export const answer = (project: Project, member: Member): Outcome<ProjectReply> => ({
  body: present(project, member),
  version: project.version,
})

type InWorkspace<Query = unknown, Body = unknown> = Ask<{ workspaceId: string }, Query, Body>
export type InProject<Body = unknown> = Ask<{ workspaceId: string; projectId: string }, unknown, Body>

type CreateAsk = InWorkspace<unknown, Fields>

const founded = ({ ask }: Call<CreateAsk>, told: Member | undefined): Project => {
  const { body, now, userId, params } = ask
  const id = makeId('project', Date.parse(now), randomSeed())
  return {
    ...unshaped(id),
    ...body,
    escalation: escalationAfter(body.escalation, told, null),
    id,
    workspaceId: params.workspaceId,
    createdAt: now,
    createdBy: userId,
    updatedAt: now,
    updatedBy: userId,
    version: 1,
  }
}

export const createProject: UseCase<CreateAsk, Stores, Member | undefined, ProjectReply> = {
  load: ({ body, params }, { workspaces }) => toldBy(body.escalation, params.workspaceId, workspaces),
  run: async (call, told, { projects }) => {
    const { ask, member } = call
    const project = founded(call, told)
    const clash = () => new Failure('conflict', 'Another project of this workspace has this key.')
    const created = made(await projects.add(project, ask.mark), project, ask.mark, clash)
    return {
      ...answer(created, member),
      location: `/v1/workspaces/${created.workspaceId}/projects/${created.id}`,
    }
  },
}

type Slice = Awaited<ReturnType<Stores['projects']['projects']>>

export const listProjects: UseCase<
  InWorkspace<{ limit: number }>,
  Stores,
  Slice,
  { items: ProjectReply[]; next?: string }
> = {
  load: ({ params, query, position }, { projects }) =>
    projects.projects(params.workspaceId, query.limit, position),
  run: async ({ member }, { items, more }) => ({
    body: {
      items: items
        .filter(({ id }) => may(member, 'project.read', inProject(id)))
        .map((project) => present(project, member)),
    },
    nextPosition: more ? items.at(-1)?.id : undefined,
  }),
}

export const load = ({ params }: InProject, { projects }: Stores) =>
  projects.project(params.workspaceId, params.projectId)

export const getProject: UseCase<InProject, Stores, Project | undefined, ProjectReply> = {
  load,
  about: ofProject,
  run: async ({ member }, project) => answer(existing(project), member),
}

interface EditLoaded {
  readonly project: Project | undefined
  readonly told: Member | undefined
}

export const editProject: UseCase<InProject<ProjectPatch>, Stores, EditLoaded, ProjectReply> = {
  load: async (ask, stores) => {
    const [project, told] = await Promise.all([
      load(ask, stores),
      toldBy(ask.body.escalation, ask.params.workspaceId, stores.workspaces),
    ])
    return { project, told }
  },
  about: ofProject,
  run: async ({ ask, member }, { project, told }, { projects }) => {
    const decide = (now: Project): Project => {
      const { name = now.name, description = now.description, columns } = ask.body
      const board = columns === undefined ? now.columns : columnsAfter(columns, now.columns, ask.now)
      const escalation = escalationAfter(ask.body.escalation, told, now.escalation)
      const patch = { name, description, columns: board, escalation }
      if (!differs(now, patch)) return now
      return { ...now, ...patch, updatedAt: ask.now, updatedBy: ask.userId, version: now.version + 1 }
    }
    return answer(await edit(existing(project), ask.expected, decide, projects.edit), member)
  },
}

export const getStatistics: UseCase<InWorkspace, Stores, Statistics, Statistics> = {
  load: ({ params }, { records }) => records.statistics(params.workspaceId),
  run: async (_call, statistics) => ({ body: statistics }),
}

interface ProjectStatistics {
  readonly project: Project | undefined
  readonly statistics: Statistics
}

export const getProjectStatistics: UseCase<InProject, Stores, ProjectStatistics, Statistics> = {
  load: async (ask, stores) => {
    const [project, statistics] = await Promise.all([
      load(ask, stores),
      stores.records.statistics(ask.params.workspaceId, ask.params.projectId),
    ])
    return { project, statistics }
  },
  about: ofProject,
  run: async (_call, { project, statistics }) => {
    existing(project)
    return { body: statistics }
  },
}
