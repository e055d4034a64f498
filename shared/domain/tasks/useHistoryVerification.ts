import type { TaskVerification } from '../../api/schemas/record.ts'
import { isIntact } from '../audit/chain.ts'
import type { CommentEvent, Event, Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { LoggedEvents } from '../webhooks/ports.ts'
import { found } from './change.ts'
import { type HistoryPages, type HistoryWorld, historyPages, writtenPlace } from './historyPlace.ts'
import { aboutTask } from './task.ts'
import type { TaskParams } from './taskCase.ts'

export interface HistoryVerificationWorld extends HistoryWorld {
  readonly log: Pick<LoggedEvents, 'event'>
}
type VerifyAsk = Ask<TaskParams>
type Line = Event | CommentEvent

/** Lines of each kind that one call looks at: their events in the log, of both kinds, are one batch of a hundred. */
const most = 50

/**
 * The lines of a task that are what their hash says, and have the hash that the log has under their number. A hash has
 * no key: whoever rewrites a line can make it fit, and only the log, which is one chain, tells.
 */
const writtenOf = async (
  lines: readonly Line[],
  { workspaceId, taskId }: TaskParams,
  { log }: HistoryVerificationWorld,
): Promise<ReadonlySet<Line>> => {
  const logged = await Promise.all(lines.map(({ sequence }) => log.event(workspaceId, sequence)))
  const isOfLog = (line: Line, index: number) => isIntact(line) && line.hash === logged[index]?.hash
  // A genuine line of another task is none of this one's.
  return new Set(lines.filter((line, index) => isOfLog(line, index) && line.taskId === taskId))
}

/** Of a line that bears no number at all: 0, which is none. */
const numberOf = (line: Line | undefined): number =>
  Number.isSafeInteger(line?.sequence) ? Number(line?.sequence) : 0

/** The numbers of changes, newest first, that are not what was written, or above which a version is missing. */
const wrongChanges = (
  { items, more }: Slice<Event>,
  above: number,
  written: ReadonlySet<Line>,
): readonly number[] => {
  // Above the newest one nothing is known.
  const isGap = (upper: number, version: number) => Number.isFinite(upper) && version !== upper - 1
  const versions = [above, ...items.map(({ taskVersion }) => taskVersion)]
  const wrong = items.filter(
    (event, index) => !written.has(event) || isGap(versions[index] ?? above, event.taskVersion),
  )
  // A history begins with the first version.
  const isCut = !more && isGap(versions.at(-1) ?? above, 0)
  return [...wrong.map(numberOf), ...(isCut ? [numberOf(items.at(-1))] : [])]
}

const wrongComments = (
  { items }: Slice<CommentEvent>,
  above: number,
  written: ReadonlySet<Line>,
): readonly number[] =>
  items
    .filter((event, index) => !written.has(event) || event.sequence >= (items[index - 1]?.sequence ?? above))
    .map(numberOf)

interface Look {
  readonly pages: HistoryPages
  /** Numbers at which something is wrong. */
  readonly wrong: readonly number[]
}

const look = async (pages: HistoryPages, ask: VerifyAsk, world: HistoryVerificationWorld): Promise<Look> => {
  const { above, changes, comments } = pages
  const written = await writtenOf([...changes.items, ...comments.items], ask.params, world)
  const wrong = [
    ...wrongChanges(changes, above.version, written),
    ...wrongComments(comments, above.sequence, written),
  ]
  return { pages, wrong }
}

/**
 * Of a transaction that is just being written a read may see a part, which looks like tampering: what is wrong is
 * looked at once more, and only what both looks find is.
 */
const lookedTwice = async (pages: HistoryPages, ask: VerifyAsk, world: HistoryVerificationWorld) => {
  const first = await look(pages, ask, world)
  if (first.wrong.length === 0) return first
  const second = await look(await historyPages(ask, most, world), ask, world)
  return { ...second, wrong: second.wrong.filter((number) => first.wrong.includes(number)) }
}

/**
 * Looks at every line that the history of a task has, newest first, call by call: each must be what its hash says and
 * what the log has under its number, and no version may be missing.
 *
 * What it does not see: that the newest versions were taken out (`behind` counts them, as it does those still to come);
 * that an event of a comment was, since nothing numbers those of one task; and that the log was rewritten together with
 * its copies. The verification of the workspace, which walks the log, finds the last.
 */
export const verifyTaskHistory: UseCase<VerifyAsk, HistoryVerificationWorld, HistoryPages, TaskVerification> =
  {
    load: (ask, world) => historyPages(ask, most, world),
    about: ({ task }) => aboutTask(found(task)),
    run: async ({ ask }, loaded, world) => {
      const { pages, wrong } = await lookedTwice(loaded, ask, world)
      const { task, above, changes, comments } = pages
      const [broken] = wrong
      const isFirst = ask.position === undefined
      const next = {
        version: changes.items.at(-1)?.taskVersion ?? above.version,
        sequence: comments.items.at(-1)?.sequence ?? above.sequence,
      }
      return {
        body: {
          valid: broken === undefined,
          checked: changes.items.length + comments.items.length,
          ...(isFirst && { behind: found(task).version - (changes.items[0]?.taskVersion ?? 0) }),
          ...(broken !== undefined && { brokenAt: broken }),
        },
        nextPosition:
          broken === undefined && (changes.more || comments.more) ? writtenPlace(next) : undefined,
      }
    },
  }
