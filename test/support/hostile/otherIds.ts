import { randomUUID } from 'node:crypto'
import { paginateScan } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { createTask, deleteTask } from '../../../shared/api/routes/tasks.ts'
import { routes } from '../../../shared/api/routes.ts'
import { type IdKind, idPrefixes } from '../../../shared/api/schemas/ids.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { ordinaryCalls } from '../ordinary/measureRoutes.ts'
import { succeed, type Team } from '../ordinary/team.ts'
import type { NamedKind } from './idFields.ts'

/** By these calls a workspace comes to have one of everything. */
const makers = [
  'createProject',
  'createTask',
  'invite',
  'addChecklistItem',
  'addTimeEntry',
  'completeAttachment',
  'createComment',
  'createCustomField',
  'createTemplate',
  'createJob',
  'createToken',
  'createGroup',
  'getNotification',
  'createWebhook',
  'testWebhook',
]

const itemsOf = async ({ app, workspaceId }: Team): Promise<string> => {
  const { client, tableName } = app.engine
  const all: string[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    for (const item of Items.map((one) => unmarshall(one))) {
      if (String(item.PK).startsWith(`WSP#${workspaceId}`)) all.push(JSON.stringify(item))
    }
  }
  return all.join('\n')
}

/** Ids by kind, of things that a workspace has: its items, and what only replies show, such as columns. */
const idsIn = (text: string, kind: IdKind): string[] => [
  ...new Set(text.match(new RegExp(`${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}`, 'g'))),
]

export type IdsOf = (kind: NamedKind) => string | undefined

/** One of everything in a workspace, made by ordinary calls. */
export const furnished = async (team: Team): Promise<IdsOf> => {
  const replies: string[] = []
  for (const name of makers) {
    const route = routes.find((one) => one.name === name)
    const call = await ordinaryCalls[name]?.(team)
    if (route === undefined || call?.who === undefined) throw new Error(`no ordinary call of ${name}`)
    const { body } = await succeed(team.app, call.who, route, call.request)
    replies.push(JSON.stringify(body))
  }
  const text = `${replies.join('\n')}\n${await itemsOf(team)}`
  const settled: Partial<Record<NamedKind, string>> = {
    workspace: team.workspaceId,
    user: team.owner.userId,
    key: team.longLived.key,
    task: team.longLived.id,
    project: team.projectId,
  }
  return (kind) => settled[kind] ?? (kind === 'key' ? undefined : idsIn(text, kind)[0])
}

export const randomId = (kind: NamedKind): string => {
  if (kind === 'user') return randomUUID()
  if (kind === 'key') return `NOPE-${Math.ceil(Math.random() * 1e6)}`
  return makeId(kind, Date.now(), randomSeed())
}

/** An id of the right form that names something of another kind. */
export const idOfWrongKind = (kind: NamedKind): string => randomId(kind === 'task' ? 'project' : 'task')

/** A task that lies in the trash. */
export const trashedTask = async ({ app, owner, workspaceId, projectId }: Team): Promise<string> => {
  const body = { title: 'Waste paper' }
  const made = await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body })
  await succeed(app, owner, deleteTask, { params: { workspaceId, taskId: made.body.id } })
  return made.body.id
}
