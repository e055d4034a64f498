import { noticeUrl } from '../links.ts'
import type { Body, Fact, ListItem, Reader } from '../mailContent.ts'
import type { BulkNotice, SeveralNotice, TaskNotice } from '../notice.ts'
import { cleanLines, shorten } from '../plainText.ts'
import { say } from '../say.ts'
import type { Line } from '../template.ts'
import { actorOf, dueFact, durationFor, inSubject, instantFor, nameOf, taskName } from './common.ts'
import { moreOf } from './taskList.ts'

const quoteLimit = 300

export function several({ workspaceName, notices, count }: SeveralNotice, reader: Reader): Body {
  const { words } = reader
  const workspace = nameOf(workspaceName, reader)
  return {
    subject: say(words, 'severalSubject', { count, workspace: inSubject(workspace) }),
    intro: [words.severalIntro],
    facts: [],
    lists: [{ items: notices.map((notice) => itemOf(notice, reader)), ...moreOf(notices, count, reader) }],
    action: words.openWorkspace,
    reason: words.severalReason,
  }
}

function itemOf(notice: TaskNotice | BulkNotice, reader: Reader): ListItem {
  if (notice.kind === 'bulk') {
    const facts = { actor: actorOf(notice.by, reader), count: notice.count }
    return { line: say(reader.words, 'bulkIntro', facts), url: noticeUrl(notice, reader.publicUrl) }
  }
  const [note] = notesOf(notice, reader)
  return {
    line: sentenceOf(notice, reader),
    ...(note && { note: say(reader.words, 'fact', { ...note }) }),
    ...('text' in notice && { quote: cleanLines(shorten(notice.text, quoteLimit)) }),
    url: noticeUrl(notice, reader.publicUrl),
  }
}

function sentenceOf(notice: TaskNotice, reader: Reader): Line {
  const { words } = reader
  const task = taskName(notice.task)
  if (!('by' in notice)) return say(words, `${notice.kind}Item`, { task })
  const actor = actorOf(notice.by, reader)
  if (notice.kind === 'status')
    return say(words, 'statusItem', { actor, task, status: words.statuses[notice.to] })
  return say(words, `${notice.kind}Item`, { actor, task })
}

/** The first of these is shown: a delay before anything else. */
function notesOf(notice: TaskNotice, reader: Reader): readonly Fact[] {
  const { words } = reader
  if ('late' in notice && notice.late) {
    const meantFor = 'remindAt' in notice ? notice.remindAt : notice.at
    return [{ label: words.lateBy, value: durationFor(reader, meantFor, notice.sentAt) }]
  }
  if (notice.kind === 'escalated')
    return [{ label: words.overdueSince, value: instantFor(reader, notice.overdueSince) }]
  return notice.kind === 'mentioned' || notice.kind === 'commented' ? [] : dueFact(notice.task, reader)
}
