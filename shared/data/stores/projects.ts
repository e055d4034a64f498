import type { Projects } from '../../domain/ports.ts'
import type { DeclaredField } from '../../domain/projects/project.ts'
import { type Project, unshaped } from '../../domain/projects/project.ts'
import { codec, written } from '../codec.ts'
import { create } from '../creation.ts'
import { customFieldKey, projectKeyOf, projectNameKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

const stored = codec<Project>('project', ({ workspaceId, id }) => projectKeyOf(workspaceId, id))

/** One that was stored before projects had columns and fields of their own has the usual ones. */
const decode = (item: Record<string, unknown>): Project => {
  const project = stored.decode(item)
  return { ...unshaped(project.id), ...project }
}
export const projectCodec = { encode: stored.encode, decode }

export const fieldCodec = codec<DeclaredField>('customField', ({ workspaceId, id }) =>
  customFieldKey(workspaceId, id),
)

const keyClaim = ({ workspaceId, key, id }: Project) => ({
  ...projectNameKey(workspaceId, key),
  itemType: 'projectKey',
  projectId: id,
})

export const projectStore = (table: Table): Projects => ({
  project: async (workspaceId: string, projectId: string) => {
    const item = await table.get(projectKeyOf(workspaceId, projectId))
    return item && projectCodec.decode(item)
  },
  /** A page in the order of creation, behind `after`. */
  projects: async (workspaceId: string, limit: number, after?: string) => {
    const { PK, SK } = projectKeyOf(workspaceId, after ?? '')
    const prefix = projectKeyOf(workspaceId, '').SK
    const range = { pk: PK, prefix, ...(after !== undefined && { after: SK }), limit }
    return sliceOf(table, range, projectCodec.decode)
  },
  /** The project and the claim on its key, together or not at all. */
  add: (project, mark) =>
    create(table, {
      writes: [
        { put: projectCodec.encode(project), condition: { absent: true } },
        { put: keyClaim(project), condition: { absent: true } },
      ],
      entity: project,
      userId: project.createdBy,
      mark,
      now: project.createdAt,
    }),
  edit: ({ workspaceId, id, name, description, columns, escalation, updatedAt, updatedBy, version }) =>
    written(
      table.update(
        projectKeyOf(workspaceId, id),
        { set: { name, description, columns, escalation, updatedAt, updatedBy, version } },
        { equals: { version: version - 1 } },
      ),
      projectCodec.decode,
    ),
  field: async (workspaceId, fieldId) => {
    const item = await table.get(customFieldKey(workspaceId, fieldId))
    return item && fieldCodec.decode(item)
  },
})
