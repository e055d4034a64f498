import type { Body, Reader } from '../mailContent.ts'
import type { CommentNotice, StatusNotice } from '../notice.ts'
import { cleanLines } from '../plainText.ts'
import { say } from '../say.ts'
import { actorOf, inSubject, taskFacts, taskInSubject } from './common.ts'

export function statusChanged({ task, by, from, to }: StatusNotice, reader: Reader): Body {
  const { words } = reader
  const actor = actorOf(by, reader)
  return {
    subject: say(words, 'statusSubject', { ...taskInSubject(task), status: words.statuses[to] }),
    intro: say(words, 'statusIntro', { actor }),
    facts: [
      ...taskFacts(task, reader),
      { label: words.statusBefore, value: words.statuses[from] },
      { label: words.statusNow, value: words.statuses[to] },
      { label: words.changedBy, value: actor },
    ],
    action: words.openTask,
    reason: words.statusReason,
  }
}

export function commented({ kind, task, by, text }: CommentNotice, reader: Reader): Body {
  const { words } = reader
  const actor = actorOf(by, reader)
  return {
    subject: say(words, `${kind}Subject`, { ...taskInSubject(task), actor: inSubject(actor) }),
    intro: say(words, `${kind}Intro`, { actor }),
    quote: cleanLines(text),
    facts: taskFacts(task, reader),
    action: words.openTask,
    reason: words[`${kind}Reason`],
  }
}
