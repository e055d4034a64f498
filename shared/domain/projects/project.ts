import type { Column, CustomField, Escalation } from '../../api/schemas/project.ts'
import { defaultColumns } from './columns.ts'

export interface Project {
  readonly id: string
  readonly workspaceId: string
  /** Begins the human ids of its tasks; never changes. */
  readonly key: string
  readonly name: string
  readonly description: string
  /** The board, from left to right; each status has at least one. */
  readonly columns: readonly Column[]
  /** What its tasks have besides the fields of all tasks. */
  readonly customFields: readonly CustomField[]
  /** Who else learns of its overdue tasks, and how long after; `null`: nobody. */
  readonly escalation: Escalation | null
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly version: number
}

/** What a project has before anybody has shaped it. */
export const unshaped = (id: string): Pick<Project, 'columns' | 'customFields' | 'escalation'> => ({
  columns: defaultColumns(id),
  customFields: [],
  escalation: null,
})

/** A field as an item of its own: requests about tasks know nothing but its id. */
export interface DeclaredField extends CustomField {
  readonly workspaceId: string
  readonly projectId: string
}
