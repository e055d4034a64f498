import type { Recurrence, RecurrenceInput } from '../../api/schemas/recurrence.ts'
import type { Moment, ZonedMoment } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { existing } from '../tasks/change.ts'
import { zoned } from '../tasks/edit.ts'
import { zoneOfSeries } from '../tasks/recurring.ts'
import type { Task } from '../tasks/task.ts'
import { about, load, type TaskAsk } from '../tasks/taskCase.ts'
import { wallTimeAt } from '../time/instants.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Workspace } from '../workspaces/workspace.ts'
import { describe } from './describe.ts'
import { findRecurrence } from './phrase.ts'
import { previewOccurrences, startRecurrence } from './recurrence.ts'

const shown = 5

interface Preview {
  readonly recurrence: Recurrence
  /** In English. */
  readonly text: string
  readonly occurrences: ZonedMoment[]
}

const momentOf = (wall: string, zone: string): ZonedMoment =>
  wall.includes('T') ? { dateTime: wall, zone } : { date: wall, zone }

const preview = (recurrence: Recurrence, zone: string, now: string): Preview => ({
  recurrence,
  text: describe(recurrence),
  occurrences: previewOccurrences(recurrence, zone, now, shown).map((wall) => momentOf(wall, zone)),
})

interface PreviewBody {
  readonly recurrence?: RecurrenceInput | undefined
  readonly phrase?: string | undefined
  readonly due: Moment
}
type PreviewAsk = Ask<{ workspaceId: string }, unknown, PreviewBody>

/** The rule that a phrase says, all of it. */
const saidBy = (phrase: string, today: string): RecurrenceInput => {
  const found = findRecurrence(phrase, today)
  if (found === undefined || phrase.slice(0, found.start).trim() + phrase.slice(found.end).trim() !== '') {
    throw invalidField('/phrase', 'must say how often, such as "every other monday" or "every 1st"')
  }
  const { rule, from } = found
  return { rule, from, catchUp: 'skip', monthEnd: 'clamp', exclude: [] }
}

const inputOf = ({ recurrence, phrase }: PreviewBody, today: string): RecurrenceInput => {
  if (recurrence !== undefined && phrase === undefined) return recurrence
  if (phrase !== undefined && recurrence === undefined) return saidBy(phrase, today)
  throw invalidField('/recurrence', 'must be given, or a phrase instead of it')
}

/** What a rule comes to, before a task has it. */
export const previewRecurrence: UseCase<PreviewAsk, Stores, Workspace | undefined, Preview> = {
  load: ({ params }, { workspaces }) => workspaces.workspace(params.workspaceId),
  run: async ({ ask }, workspace) => {
    const due = zoned(ask.body.due, workspace?.zone ?? 'UTC') as ZonedMoment
    const today = wallTimeAt(ask.now, due.zone).slice(0, 10)
    return { body: preview(startRecurrence(inputOf(ask.body, today), due), due.zone, ask.now) }
  },
}

/** What follows the present occurrence of a task; nothing for one that does not recur. */
export const listOccurrences: UseCase<TaskAsk, Stores, Task | undefined, Omit<Preview, 'recurrence'>> = {
  load,
  about,
  run: async ({ ask }, task) => {
    const { recurrence, due, series } = existing(task)
    if (recurrence === null || due === null) return { body: { text: '', occurrences: [] } }
    const { text, occurrences } = preview(recurrence, zoneOfSeries(series, due), ask.now)
    return { body: { text, occurrences } }
  },
}
