import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { remembering } from '../groups/everybody.ts'
import type { Groups } from '../groups/ports.ts'

type WithoutPerson<Message> = Message extends { userId: string } ? Omit<Message, 'userId'> : never

/** A notice to everybody in a group: who that is, is looked up when it is handed to the queue. */
export interface GroupNotice {
  readonly groupId: string
  readonly notice: WithoutPerson<Extract<NoticeMessage, { by: string }>>
  /** People, and people in groups, who know already. */
  readonly except: { readonly userIds: readonly string[]; readonly groupIds: readonly string[] }
}

/** Whom a change tells: people by name, and everybody in groups. */
export interface Told {
  readonly notices: readonly NoticeMessage[]
  readonly groupNotices: readonly GroupNotice[]
}

export const nobody: Told = { notices: [], groupNotices: [] }

/** One notice for each person whom these tell, and none for whoever did it. */
export const toPeople = async (
  all: readonly GroupNotice[],
  groups: Pick<Groups, 'places'>,
): Promise<NoticeMessage[]> => {
  const inGroup = remembering(groups)
  const messagesOf = async ({ groupId, notice, except }: GroupNotice): Promise<NoticeMessage[]> => {
    const [told, ...others] = await Promise.all(
      [groupId, ...except.groupIds].map((id) => inGroup(notice.workspaceId, id)),
    )
    const knowing = new Set([notice.by, ...except.userIds, ...others.flat()])
    return (told ?? []).filter((id) => !knowing.has(id)).map((userId) => ({ ...notice, userId }))
  }
  const messages = (await Promise.all(all.map(messagesOf))).flat()
  // Whoever is in two groups of one change would get one mail all the same: this saves the second message.
  return [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()]
}
