import type { Template, Templates } from '../../domain/templates/template.ts'
import { codec, written } from '../codec.ts'
import { create } from '../creation.ts'
import { templateKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

const stored = codec<Template>('template', ({ workspaceId, id }) => templateKey(workspaceId, id))

/** A template; the tasks of one that was stored before there were groups are assigned to none. */
const decode = (item: Record<string, unknown>): Template => {
  const template = stored.decode(item)
  return { ...template, tasks: template.tasks.map((task) => ({ ...{ assigneeGroupIds: [] }, ...task })) }
}
const templates = { encode: stored.encode, decode }

export const templateStore = (table: Table): Templates => ({
  template: async (workspaceId, templateId) => {
    const item = await table.get(templateKey(workspaceId, templateId))
    return item && templates.decode(item)
  },
  /** A page in the order of creation, behind `after`. */
  templates: async (workspaceId, limit, after) => {
    const { PK, SK } = templateKey(workspaceId, after ?? '')
    const prefix = templateKey(workspaceId, '').SK
    const range = { pk: PK, prefix, ...(after !== undefined && { after: SK }), limit }
    return sliceOf(table, range, templates.decode)
  },
  add: (template, mark) =>
    create(table, {
      writes: [{ put: templates.encode(template), condition: { absent: true } }],
      entity: template,
      userId: template.createdBy,
      mark,
      now: template.createdAt,
    }),
  edit: (template) =>
    written(
      table.put(templates.encode(template), { equals: { version: template.version - 1 } }),
      templates.decode,
    ),
  remove: ({ workspaceId, id, version }) =>
    written(table.delete(templateKey(workspaceId, id), { equals: { version } }), templates.decode),
})
