import { formatDue, formatDuration, formatInstant } from '../dates.ts'
import type { Fact, Reader } from '../mailContent.ts'
import type { ListedTask, TaskOfNotice } from '../notice.ts'
import { shorten, singleLine } from '../plainText.ts'

const subjectTitleLimit = 80
const subjectNameLimit = 40

/** Who did something, by name. */
export const actorOf = (by: string, { words }: Reader): string => singleLine(by) || words.somebody

/** The name of a workspace or a project. */
export const nameOf = (name: string, { words }: Reader): string => singleLine(name) || words.unnamed

export const inSubject = (name: string): string => shorten(name, subjectNameLimit)

const titleOf = (task: ListedTask): string => singleLine(task.title) || task.key

export const taskInSubject = (task: ListedTask) => ({
  key: task.key,
  title: shorten(titleOf(task), subjectTitleLimit),
})

/** Human id and title. */
export const taskName = (task: ListedTask): string => `${task.key} ${titleOf(task)}`

/** When the task is due, as a list with a label shows it; none where there is no date. */
export const dueFact = ({ due }: ListedTask, { words, language, zone }: Reader): readonly Fact[] =>
  due ? [{ label: words.due, value: formatDue(due, language, zone) }] : []

export const taskFacts = (task: TaskOfNotice, reader: Reader): readonly Fact[] => [
  { label: reader.words.task, value: taskName(task) },
  { label: reader.words.project, value: nameOf(task.projectName, reader) },
  { label: reader.words.workspace, value: nameOf(task.workspaceName, reader) },
  ...dueFact(task, reader),
]

export const instantFor = ({ language, zone }: Reader, instant: string): string =>
  formatInstant(instant, language, zone)

/** How long after `from` something happened at `to`, both ISO 8601. */
export const durationFor = ({ language }: Reader, from: string, to: string): string =>
  formatDuration(Date.parse(to) - Date.parse(from), language)

export const numberFor = ({ language }: Reader, count: number): string =>
  new Intl.NumberFormat(language).format(count)
