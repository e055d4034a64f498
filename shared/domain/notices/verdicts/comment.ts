import type { NoticeAbout } from '../../../api/schemas/notice.ts'
import { groupsBetween } from '../../access/target.ts'
import type { Comment } from '../../comments/comment.ts'
import { plainTextOf } from '../../comments/plainText.ts'
import type { Member } from '../../workspaces/workspace.ts'
import { type Facts, type Judge, no, recipientOf, type Verdict } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'
import { type Subject, subjectOf } from '../subject.ts'

type Message = NoticeAbout<'mentioned'> | NoticeAbout<'commented'>

interface Case extends Subject {
  readonly comment: Comment
  /** Name of the author. */
  readonly by: string
}

const caseOf = async (message: Message, facts: Facts): Promise<Case | string> => {
  const { workspaceId, taskId, commentId } = message
  const [subject, comment, by] = await Promise.all([
    subjectOf(message, facts),
    facts.comments.comment(workspaceId, taskId, commentId),
    facts.workspaces.member(workspaceId, message.by),
  ])
  if (typeof subject === 'string') return subject
  if (comment === undefined || comment.deletedAt !== null) return 'the comment is deleted'
  return { ...subject, comment, by: by?.name ?? '' }
}

/** With the text as it stands. */
const told = (message: Message, { shown, person, comment, by }: Case): Verdict => ({
  send: true,
  notice: {
    kind: message.kind,
    id: noticeIdOf(message),
    task: shown,
    commentId: comment.id,
    by,
    text: plainTextOf(comment.body),
  },
  recipient: recipientOf(person),
})

const mentions = ({ mentions: { userIds, groupIds } }: Comment, member: Member): boolean =>
  userIds.includes(member.userId) || groupsBetween(member, { groupIds }).length > 0

export const mentioned: Judge<'mentioned'> = async (message, facts) => {
  const found = await caseOf(message, facts)
  if (typeof found === 'string') return no(found)
  if (!mentions(found.comment, found.member)) return no('the comment does not mention the person any more')
  return told(message, found)
}

export const commented: Judge<'commented'> = async (message, facts) => {
  const found = await caseOf(message, facts)
  return typeof found === 'string' ? no(found) : told(message, found)
}
