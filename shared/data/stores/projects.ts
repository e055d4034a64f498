import type { Project } from '../../domain/projects/project.ts'
import { codec } from '../codec.ts'
import { projectKeyOf, projectNameKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

export const projectCodec = codec<Project>('project', ({ workspaceId, id }) => projectKeyOf(workspaceId, id))

export const projectStore = (table: Table) => ({
  project: async (workspaceId: string, projectId: string): Promise<Project | undefined> => {
    const item = await table.get(projectKeyOf(workspaceId, projectId))
    return item && projectCodec.decode(item)
  },
  /** A page in the order of creation, behind `after`. */
  projects: async (workspaceId: string, limit: number, after?: string) => {
    const { PK, SK } = projectKeyOf(workspaceId, after ?? '')
    const prefix = projectKeyOf(workspaceId, '').SK
    const { items, more } = await table.query({ pk: PK, prefix, ...(after !== undefined && { after: SK }), limit })
    return { items: items.map(projectCodec.decode), more }
  },
  /** The project and the claim on its key, together or not at all. First verdict: the project; second: the key. */
  add: (project: Project) =>
    table.transact([
      { put: projectCodec.encode(project), condition: { absent: true } },
      {
        put: {
          ...projectNameKey(project.workspaceId, project.key),
          type: 'projectKey',
          projectId: project.id,
        },
        condition: { absent: true },
      },
    ]),
  replace: (project: Project) =>
    table.put(projectCodec.encode(project), { equals: { version: project.version - 1 } }),
})
export type ProjectStore = ReturnType<typeof projectStore>
