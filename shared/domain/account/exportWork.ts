import type { JobQueue } from '../jobs/ports.ts'
import { type Page, type PageWorld, pageAt } from './exportPages.ts'
import type { ExportParts } from './exportPorts.ts'
import type { Cursor, Export, Exports, PartSize } from './exports.ts'
import type { Person } from './person.ts'

export interface ExportWorld extends PageWorld {
  readonly parts: ExportParts
  readonly queue: JobQueue
  /** RFC 3339. */
  readonly now: () => string
}

/** A file is closed once it has so many bytes. */
const fullBytes = 4_000_000

interface Work {
  readonly person: Person
  readonly exports: Exports
  readonly export: Export
  readonly cursor: Cursor
}

/** The export as it is now; nothing of one that is finished, or of somebody whose account is not open. */
const workOn = async (userId: string, exportId: string, world: ExportWorld): Promise<Work | undefined> => {
  const [person, exports] = await Promise.all([world.people.person(userId), world.exports.exports(userId)])
  const one = exports?.all.find(({ id }) => id === exportId)
  if (person?.state !== 'active' || exports === undefined || one === undefined) return undefined
  return one.cursor === null ? undefined : { person, exports, export: one, cursor: one.cursor }
}

interface Filled extends PartSize {
  readonly text: string
  readonly next: Cursor | null
}

/** Reads on until a file is full, time gets short or all is read. */
const fill = async (work: Work, world: ExportWorld, hasTime: () => boolean): Promise<Filled> => {
  const texts: string[] = []
  let next: Page['next'] = work.cursor
  let bytes = 0
  do {
    const page: Page = await pageAt(next, work, world)
    for (const line of page.lines) {
      const text = `${JSON.stringify(line)}\n`
      texts.push(text)
      bytes += Buffer.byteLength(text)
    }
    next = page.next
  } while (next !== null && bytes < fullBytes && hasTime())
  return { text: texts.join(''), next, bytes, lines: texts.length }
}

const after = ({ exports, export: one }: Work, { bytes, lines, next }: Filled, now: string): Exports => ({
  ...exports,
  all: exports.all.map((other) =>
    other.id === one.id
      ? {
          ...one,
          parts: lines === 0 ? one.parts : [...one.parts, { bytes, lines }],
          cursor: next,
          finishedAt: next === null ? now : null,
        }
      : other,
  ),
  version: exports.version + 1,
})

/**
 * One step: a file, then the note that it is there. A step that is cut off is run again from where it began, and writes
 * its file once more; the note of only one of several is taken.
 */
const runStep = async (work: Work, world: ExportWorld, hasTime: () => boolean): Promise<void> => {
  const { person, exports, export: one } = work
  const filled = await fill(work, world, hasTime)
  const part = { userId: person.id, exportId: one.id, number: one.parts.length + 1 }
  if (filled.lines > 0) await world.parts.write(part, filled.text)
  const written = await world.exports.write(after(work, filled, world.now()), exports)
  // Forgotten meanwhile, with its person: perhaps after whoever forgets it looked for files, and before this was noted.
  const isForgotten = !written.won && written.present === undefined
  if (isForgotten || (await world.people.person(person.id))?.state !== 'active') {
    await world.parts.remove(part)
  }
}

/** Builds an export, file by file. When time gets short the rest becomes a message of its own. */
export const runExport = async (
  { userId, exportId }: { readonly userId: string; readonly exportId: string },
  world: ExportWorld,
  hasTime: () => boolean,
): Promise<void> => {
  for (;;) {
    const work = await workOn(userId, exportId, world)
    if (work === undefined) return
    if (!hasTime()) return world.queue.send([{ kind: 'export', userId, exportId }])
    await runStep(work, world, hasTime)
  }
}
