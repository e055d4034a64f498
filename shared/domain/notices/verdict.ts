import type { NoticeKind, NoticeMessage } from '../../api/schemas/notice.ts'
import type { Facts, Judge, Verdict } from './facts.ts'
import { farewell, mfaChanged, welcome } from './verdicts/account.ts'
import { assigned, bulk } from './verdicts/assignment.ts'
import { commented, mentioned } from './verdicts/comment.ts'
import { digest, weekly } from './verdicts/digest.ts'
import { escalated, ofDue } from './verdicts/due.ts'
import { invited } from './verdicts/invitation.ts'
import { reminder } from './verdicts/reminder.ts'
import { status } from './verdicts/status.ts'
import { webhookDisabled } from './verdicts/webhook.ts'

const judges: { readonly [Kind in NoticeKind]: Judge<Kind> } = {
  welcome,
  farewell,
  mfa: mfaChanged,
  invited,
  assigned,
  bulk,
  reminder,
  status,
  mentioned,
  commented,
  dueSoon: ofDue('dueSoon'),
  due: ofDue('due'),
  overdue: ofDue('overdue'),
  escalated,
  digest,
  weekly,
  webhookDisabled,
}

/** Whether somebody is still to be told, judged by the state at the moment of sending, and what the mail says. */
export const verdictOn = <Kind extends NoticeKind>(
  message: Extract<NoticeMessage, { kind: Kind }>,
  facts: Facts,
  now: string,
): Promise<Verdict> => {
  // That the judge found by the kind of a message takes that message is more than the compiler can follow.
  const judge = judges[message.kind as Kind] as unknown as Judge<Kind>
  return judge(message as never, facts, now)
}
