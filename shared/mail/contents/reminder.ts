import type { Body, Reader } from '../mailContent.ts'
import type { ReminderNotice } from '../notice.ts'
import { say } from '../say.ts'
import { durationFor, instantFor, taskFacts, taskInSubject } from './common.ts'

export function reminder({ task, remindAt, sentAt, late }: ReminderNotice, reader: Reader): Body {
  const { words } = reader
  const time = instantFor(reader, remindAt)
  const duration = durationFor(reader, remindAt, sentAt)
  return {
    subject: say(words, late ? 'lateSubject' : 'reminderSubject', taskInSubject(task)),
    ...(late && { alert: say(words, 'lateNotice', { time, duration }) }),
    intro: [words.reminderIntro],
    facts: [
      ...taskFacts(task, reader),
      { label: words.remindAt, value: time },
      ...(late ? [{ label: words.lateBy, value: duration }] : []),
    ],
    action: words.openTask,
    reason: words.reminderReason,
  }
}
