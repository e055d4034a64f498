import type { CustomField } from '../../api/schemas/project.ts'
import type { CustomFields } from '../../domain/projects/customFields.ts'
import type { Project } from '../../domain/projects/project.ts'
import { transacted } from '../codec.ts'
import { create, ranBefore } from '../creation.ts'
import { customFieldKey, projectKeyOf } from '../keys.ts'
import type { Table, Write } from '../tablePort.ts'
import { fieldCodec, projectCodec } from './projects.ts'

const ofProject = ({ workspaceId, id, customFields, updatedAt, updatedBy, version }: Project): Write => ({
  update: projectKeyOf(workspaceId, id),
  change: { set: { customFields, updatedAt, updatedBy, version } },
  condition: { equals: { version: version - 1 } },
})

const ofField = ({ workspaceId, id: projectId }: Project, field: CustomField): Write => ({
  put: fieldCodec.encode({ ...field, workspaceId, projectId }),
})

/** A field stands in its project, for lists and clients, and in an item of its own, for tasks: always both. */
export const customFieldStore = (table: Table): CustomFields => {
  const both = (project: Project, field: Write) =>
    transacted(() => table.transact([ofProject(project), field]), projectCodec.decode)
  return {
    ran: (userId, key) => ranBefore<Project>(table, userId, key),
    add: (project, field, mark) =>
      create(table, {
        writes: [ofProject(project), ofField(project, field)],
        entity: project,
        userId: project.updatedBy,
        mark,
        now: project.updatedAt,
      }),
    replace: (project, field) => both(project, ofField(project, field)),
    remove: (project, fieldId) => both(project, { delete: customFieldKey(project.workspaceId, fieldId) }),
  }
}
