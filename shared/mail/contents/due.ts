import type { Body, Reader } from '../mailContent.ts'
import type { DueNotice, EscalatedNotice } from '../notice.ts'
import { singleLine } from '../plainText.ts'
import { say } from '../say.ts'
import { durationFor, instantFor, taskFacts, taskInSubject } from './common.ts'

/** A due date that comes, has come, or has passed. */
export function dateTold({ kind, task, at, sentAt, late }: DueNotice, reader: Reader): Body {
  const { words } = reader
  const delay = { time: instantFor(reader, at), duration: durationFor(reader, at, sentAt) }
  return {
    subject: say(words, `${kind}Subject`, taskInSubject(task)),
    ...(late && { alert: say(words, 'lateMail', delay) }),
    intro: [words[`${kind}Intro`]],
    facts: taskFacts(task, reader),
    action: words.openTask,
    reason: words.dueReason,
  }
}

export function escalated({ task, overdueSince, assignees }: EscalatedNotice, reader: Reader): Body {
  const { words, language } = reader
  const names = assignees.map((name) => singleLine(name) || words.somebody)
  return {
    subject: say(words, 'escalatedSubject', taskInSubject(task)),
    intro: [words.escalatedIntro],
    facts: [
      ...taskFacts(task, reader),
      { label: words.overdueSince, value: instantFor(reader, overdueSince) },
      { label: words.assignees, value: new Intl.ListFormat(language).format(names) || words.nobody },
    ],
    action: words.openTask,
    reason: words.escalatedReason,
  }
}
