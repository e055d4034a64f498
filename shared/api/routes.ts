import type { RouteDeclaration } from './declaration.ts'
import * as access from './routes/access.ts'
import * as account from './routes/account.ts'
import * as attachments from './routes/attachments.ts'
import * as audit from './routes/audit.ts'
import * as boards from './routes/boards.ts'
import * as changes from './routes/changes.ts'
import * as checklists from './routes/checklists.ts'
import * as comments from './routes/comments.ts'
import * as customFields from './routes/customFields.ts'
import * as groups from './routes/groups.ts'
import * as invitations from './routes/invitations.ts'
import * as jobs from './routes/jobs.ts'
import * as life from './routes/life.ts'
import * as live from './routes/live.ts'
import * as members from './routes/members.ts'
import * as meta from './routes/meta.ts'
import * as mfa from './routes/mfa.ts'
import * as notifications from './routes/notifications.ts'
import * as passwords from './routes/passwords.ts'
import * as privacy from './routes/privacy.ts'
import * as projects from './routes/projects.ts'
import * as quickAdd from './routes/quickAdd.ts'
import * as recurrence from './routes/recurrence.ts'
import * as reminders from './routes/reminders.ts'
import * as sessions from './routes/sessions.ts'
import * as shares from './routes/shares.ts'
import * as structure from './routes/structure.ts'
import * as tasks from './routes/tasks.ts'
import * as templates from './routes/templates.ts'
import * as time from './routes/time.ts'
import * as tokens from './routes/tokens.ts'
import * as unsubscribe from './routes/unsubscribe.ts'
import * as watchers from './routes/watchers.ts'
import * as webhooks from './routes/webhooks.ts'
import * as workspaces from './routes/workspaces.ts'

const { fallback, ...metaRoutes } = meta

export { fallback }

/** Every route of the API. Infrastructure, gateway, OpenAPI, client and tests derive from this list. */
export const routes: readonly RouteDeclaration[] = [
  ...Object.values(account),
  ...Object.values(sessions),
  ...Object.values(passwords),
  ...Object.values(mfa),
  ...Object.values(privacy),
  ...Object.values(tokens),
  ...Object.values(notifications),
  ...Object.values(reminders),
  ...Object.values(unsubscribe),
  ...Object.values(workspaces),
  ...Object.values(members),
  ...Object.values(invitations),
  ...Object.values(groups),
  ...Object.values(access),
  ...Object.values(audit),
  ...Object.values(projects),
  ...Object.values(customFields),
  ...Object.values(tasks),
  ...Object.values(quickAdd),
  ...Object.values(recurrence),
  ...Object.values(life),
  ...Object.values(templates),
  ...Object.values(structure),
  ...Object.values(boards),
  ...Object.values(checklists),
  ...Object.values(time),
  ...Object.values(watchers),
  ...Object.values(shares),
  ...Object.values(attachments),
  ...Object.values(comments),
  ...Object.values(jobs),
  ...Object.values(webhooks),
  ...Object.values(changes),
  ...Object.values(live),
  ...Object.values(metaRoutes),
]
