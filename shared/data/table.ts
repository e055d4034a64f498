import type { IndexName } from '../api/declaration.ts'

/** What a list of tasks shows; only edits of these touch the list indexes. DynamoDB allows 20 per index. */
const listProjection = [
  'itemType',
  'id',
  'workspaceId',
  'projectId',
  'key',
  'title',
  'status',
  'priority',
  'due',
  'dueAt',
  'assigneeIds',
  'assigneeGroupIds',
  'tags',
  'parentId',
  'columns',
  'customFields',
  'createdAt',
  'completedAt',
  'archivedAt',
  'trashedAt',
] as const

interface IndexDefinition {
  readonly pk: string
  readonly sk: string
  readonly projection: 'KEYS_ONLY' | 'ALL' | readonly string[]
}

/**
 * The one table, as CDK and the local runtime both create it. All key attributes are strings.
 * The five list indexes share the partition attribute `list`; an edit that no list shows moves `byUpdated` alone.
 */
export const tableDefinition = {
  pk: 'PK',
  sk: 'SK',
  ttl: 'ttl',
  stream: 'NEW_AND_OLD_IMAGES',
  indexes: {
    byDue: { pk: 'list', sk: 'dueKey', projection: listProjection },
    byPriority: { pk: 'list', sk: 'priorityKey', projection: listProjection },
    byCreated: { pk: 'list', sk: 'createdKey', projection: listProjection },
    byUpdated: { pk: 'list', sk: 'updatedKey', projection: listProjection },
    byRank: { pk: 'list', sk: 'rankKey', projection: listProjection },
    /** Sparse: tasks that have a next reminder, by its time, spread over shards. */
    byReminder: { pk: 'reminderShard', sk: 'reminderKey', projection: 'KEYS_ONLY' },
    /**
     * Sparse: what belongs to a person: memberships across workspaces, sessions by their beginning; and, by their time,
     * comments, which belong to a task.
     */
    byPerson: { pk: 'person', sk: 'personKey', projection: 'ALL' },
  } satisfies Record<IndexName, IndexDefinition>,
} as const
