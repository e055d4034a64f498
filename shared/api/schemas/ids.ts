import * as z from 'zod/mini'

/** Identifiers: a prefix that names the kind, then 26 characters of Crockford base 32 that sort by time. */
export const idPrefixes = {
  user: 'usr',
  workspace: 'wsp',
  project: 'prj',
  task: 'tsk',
  invitation: 'inv',
  reminder: 'rmd',
  checklistItem: 'chk',
  timeEntry: 'tim',
  attachment: 'att',
  customField: 'fld',
  column: 'col',
  template: 'tpl',
  job: 'job',
  token: 'pat',
  group: 'grp',
  export: 'exp',
  comment: 'cmt',
  notification: 'ntf',
  webhook: 'whk',
  delivery: 'dlv',
  replay: 'rpl',
} as const
export type IdKind = keyof typeof idPrefixes

const id = (kind: IdKind) =>
  z.string().check(
    z.regex(new RegExp(`^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`), {
      error: `must be an identifier that begins with ${idPrefixes[kind]}_`,
    }),
    z.meta({ examples: [`${idPrefixes[kind]}_01jd3v8k6t9q2w4e7r5y8z0x1c`] }),
  )

export const workspaceId = id('workspace')
export const projectId = id('project')
export const taskId = id('task')
export const invitationId = id('invitation')
export const reminderId = id('reminder')
export const checklistItemId = id('checklistItem')
export const timeEntryId = id('timeEntry')
export const attachmentId = id('attachment')
export const customFieldId = id('customField')
export const columnId = id('column')
export const templateId = id('template')
export const jobId = id('job')
export const tokenId = id('token')
export const groupId = id('group')
export const exportId = id('export')
export const commentId = id('comment')
export const notificationId = id('notification')
export const webhookId = id('webhook')
export const deliveryId = id('delivery')
export const replayId = id('replay')
/** The `sub` that Cognito gave the person. */
export const userId = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'must be the id of a person' }),
    z.meta({ format: 'uuid' }),
  )
/** Human id of a task, `OPS-42`: the project's key and the number. */
export const projectKey = z
  .string()
  .check(z.regex(/^[A-Z][A-Z0-9]{1,9}$/, { error: 'must be 2 to 10 capital letters or digits' }))
export const taskKey = z
  .string()
  .check(z.regex(/^[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,9}$/, { error: 'must look like OPS-42' }))
