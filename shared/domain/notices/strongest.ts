import type { NoticeKind, NoticeMessage } from '../../api/schemas/notice.ts'

/** From the strongest to the weakest of what one change may be told as. */
const order: readonly NoticeKind[] = ['assigned', 'mentioned', 'commented', 'status']

/** What was changed, and who is told; of other kinds each message is one of its own. */
const changeOf = (message: NoticeMessage): string | undefined => {
  if (!order.includes(message.kind) || !('version' in message) || !('taskId' in message)) return undefined
  const { workspaceId, taskId, version, userId } = message
  const about = 'commentId' in message ? message.commentId : taskId
  return JSON.stringify([workspaceId, about, version, userId])
}

/** Nobody is told one change twice: an assignment counts for more than a mention, that for more than the rest. */
export const strongest = (messages: readonly NoticeMessage[]): NoticeMessage[] => {
  const best = new Map<string, NoticeMessage>()
  for (const message of messages) {
    const change = changeOf(message)
    if (change === undefined) continue
    const other = best.get(change)
    if (other === undefined || order.indexOf(message.kind) < order.indexOf(other.kind))
      best.set(change, message)
  }
  return messages.filter((message) => {
    const change = changeOf(message)
    return change === undefined || best.get(change) === message
  })
}
