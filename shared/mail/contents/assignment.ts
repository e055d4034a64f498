import type { Body, Reader } from '../mailContent.ts'
import type { AssignedNotice, BulkNotice } from '../notice.ts'
import { say } from '../say.ts'
import { actorOf, inSubject, nameOf, taskFacts, taskInSubject } from './common.ts'

export function assigned({ task, by }: AssignedNotice, reader: Reader): Body {
  const { words } = reader
  const actor = actorOf(by, reader)
  return {
    subject: say(words, 'assignedSubject', { ...taskInSubject(task), actor: inSubject(actor) }),
    intro: say(words, 'assignedIntro', { actor }),
    facts: [...taskFacts(task, reader), { label: words.assignedBy, value: actor }],
    action: words.openTask,
    reason: words.assignedReason,
  }
}

export function bulk({ workspaceName, by, count }: BulkNotice, reader: Reader): Body {
  const { words } = reader
  const actor = actorOf(by, reader)
  return {
    subject: say(words, 'bulkSubject', { actor: inSubject(actor), count }),
    intro: say(words, 'bulkIntro', { actor, count }),
    facts: [
      { label: words.workspace, value: nameOf(workspaceName, reader) },
      { label: words.assignedBy, value: actor },
    ],
    action: words.openWorkspace,
    reason: words.bulkReason,
  }
}
