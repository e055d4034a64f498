import * as notifications from '../../../shared/api/routes/notifications.ts'
import type {
  InboxState,
  NotificationReply,
  NotificationStory,
} from '../../../shared/api/schemas/notifications.ts'
import type { Person } from './people.ts'
import { soon } from './team.ts'

type MailState = NotificationReply['mail']['state']

/** The inbox of one person in one workspace. */
export interface Inbox {
  /** What stands in it, the newest first; a page of it. */
  entries(state?: InboxState): Promise<readonly NotificationReply[]>
  /** The one that fits, once it is there. */
  entry(fits: (entry: NotificationReply) => boolean): Promise<NotificationReply>
  /** One with its story, once that says that the mail went one of these ways. */
  story(id: string, ...mail: MailState[]): Promise<NotificationStory>
}

export const inboxOf = ({ api }: Pick<Person, 'api'>, workspaceId: string): Inbox => {
  const params = { workspaceId }
  const entries: Inbox['entries'] = async (state = 'all') =>
    (await api.ok(notifications.listNotifications, { params, query: { state } })).body.items
  const told = (all: readonly NotificationReply[]) =>
    all.map(({ kind, task }) => `${kind} ${task?.title}`).join(', ') || 'nothing'
  return {
    entries,
    entry: (fits) =>
      soon(async () => {
        const all = await entries()
        const found = all.find(fits)
        if (found === undefined) throw new Error(`not in the inbox, in which there is: ${told(all)}`)
        return found
      }),
    story: (notificationId, ...states) =>
      soon(async () => {
        const one = { params: { ...params, notificationId } }
        const { body } = await api.ok(notifications.getNotification, one)
        if (!states.includes(body.mail.state))
          throw new Error(`the mail is ${body.mail.state}: ${body.mail.why}`)
        return body
      }),
  }
}
