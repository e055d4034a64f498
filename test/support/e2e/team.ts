import { vi } from 'vitest'
import type { Role } from '../../../shared/api/actions.ts'
import * as invitations from '../../../shared/api/routes/invitations.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import * as workspaces from '../../../shared/api/routes/workspaces.ts'
import type { TaskReply } from '../../../shared/api/schemas/task.ts'
import { newPerson, type Person } from './people.ts'

/** A workspace with one project, founded by its owner. */
export interface Team {
  readonly owner: Person
  readonly workspaceId: string
  readonly projectId: string
  readonly projectKey: string
  /** Adds a task as the owner. */
  readonly addTask: (fields: Record<string, unknown>) => Promise<TaskReply>
  /** Lets somebody in through an invitation. */
  readonly admit: (person: Person, role: Exclude<Role, 'owner'>) => Promise<void>
}

export async function newTeam(owner?: Person): Promise<Team> {
  const founder = owner ?? (await newPerson('Olga Owner'))
  const { api } = founder
  const workspace = await api.ok(workspaces.createWorkspace, {
    body: { name: 'Harbour', zone: 'Europe/Madrid' },
  })
  const workspaceId = workspace.body.id
  const body = { name: 'Operations', key: 'OPS' }
  const project = await api.ok(createProject, { params: { workspaceId }, body })
  const projectId = project.body.id
  return {
    owner: founder,
    workspaceId,
    projectId,
    projectKey: body.key,
    addTask: async (fields) =>
      (await api.ok(tasks.createTask, { params: { workspaceId, projectId }, body: fields })).body,
    admit: async (person, role) => {
      const invited = { email: person.email, role }
      const { body } = await api.ok(invitations.invite, { params: { workspaceId }, body: invited })
      const params = { workspaceId, invitationId: body.id }
      await person.api.ok(invitations.acceptInvitation, { params, body: {} })
    },
  }
}

/** Lists, history and statistics trail the writes by a moment: asks until the expectation holds. */
export const soon = <T>(expectation: () => Promise<T>): Promise<T> =>
  vi.waitFor(expectation, { timeout: 45_000, interval: 150 })
