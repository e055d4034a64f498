import { formatDate, formatDates } from '../dates.ts'
import type { Body, Reader } from '../mailContent.ts'
import type { DigestNotice, WeeklyNotice } from '../notice.ts'
import { say } from '../say.ts'
import { inSubject, nameOf, numberFor } from './common.ts'
import { taskList } from './taskList.ts'

export function digest(notice: DigestNotice, reader: Reader): Body {
  const { words, language } = reader
  const { workspaceId, overdue, overdueCount, dueToday, dueTodayCount, unreadCount } = notice
  const workspace = nameOf(notice.workspaceName, reader)
  const date = formatDate(notice.date, language)
  return {
    subject: say(words, 'digestSubject', { workspace: inSubject(workspace), date }),
    intro: say(words, 'digestIntro', { workspace }),
    facts: unreadCount > 0 ? [{ label: words.unread, value: numberFor(reader, unreadCount) }] : [],
    lists: [
      ...taskList({ title: 'overdueTasks', workspaceId, tasks: overdue, count: overdueCount }, reader),
      ...taskList({ title: 'tasksDueToday', workspaceId, tasks: dueToday, count: dueTodayCount }, reader),
    ],
    action: words.openWorkspace,
    reason: words.digestReason,
  }
}

export function weekly(notice: WeeklyNotice, reader: Reader): Body {
  const { words, language } = reader
  const { workspaceId, completed, completedCount, openCount, overdueCount, next, nextCount } = notice
  const workspace = nameOf(notice.workspaceName, reader)
  const range = formatDates(notice.from, notice.to, language)
  return {
    subject: say(words, 'weeklySubject', { workspace: inSubject(workspace), range }),
    intro: say(words, 'weeklyIntro', { workspace }),
    facts: [
      { label: words.openCount, value: numberFor(reader, openCount) },
      { label: words.overdueCount, value: numberFor(reader, overdueCount) },
    ],
    lists: [
      ...taskList({ title: 'completedTasks', workspaceId, tasks: completed, count: completedCount }, reader),
      ...taskList({ title: 'tasksDueNext', workspaceId, tasks: next, count: nextCount }, reader),
    ],
    action: words.openWorkspace,
    reason: words.weeklyReason,
  }
}
