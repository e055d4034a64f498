import * as fc from 'fast-check'
import { trials } from '../../support/depth.ts'
import { choosing, type Step } from './attempt.ts'
import { compare } from './compare/compare.ts'
import { openHouse, startSession } from './session.ts'
import * as boards from './steps/boards.ts'
import * as copies from './steps/copies.ts'
import * as details from './steps/details.ts'
import * as fields from './steps/fields.ts'
import * as life from './steps/life.ts'
import * as replays from './steps/replay.ts'
import * as structure from './steps/structure.ts'
import * as undos from './steps/undo.ts'

const chosen = fc.record(choosing)

/** How often each command stands here is how often it is drawn. */
const commands: fc.Arbitrary<Step>[] = [
  ...Array.from({ length: 4 }, () => fields.creation.map(fields.create)),
  ...Array.from({ length: 4 }, () => fields.edition.map(fields.edit)),
  ...Array.from({ length: 3 }, () => chosen.map(fields.complete)),
  ...Array.from({ length: 2 }, () => chosen.map(fields.reopen)),
  fields.editionAtOnce.map(fields.editAtOnce),
  ...Array.from({ length: 3 }, () => chosen.map(life.trash)),
  ...Array.from({ length: 2 }, () => chosen.map(life.restore)),
  ...Array.from({ length: 2 }, () => chosen.map(life.archive)),
  chosen.map(life.unarchive),
  chosen.map(life.purge),
  ...Array.from({ length: 3 }, () => fc.constant(life.drain(null))),
  ...Array.from({ length: 4 }, () => structure.nesting.map(structure.nest)),
  ...Array.from({ length: 4 }, () => structure.linking.map(structure.link)),
  ...Array.from({ length: 3 }, () => boards.positioning.map(boards.position)),
  ...Array.from({ length: 2 }, () => boards.placing.map(boards.move)),
  boards.placing.map(boards.addProject),
  boards.placing.map(boards.removeProject),
  details.addition.map(details.addItem),
  details.ticking.map(details.editItem),
  details.removal.map(details.removeItem),
  details.spending.map(details.spend),
  copies.duplicating.map(copies.duplicate),
  ...Array.from({ length: 4 }, () => undos.undoing.map(undos.undo)),
  ...Array.from({ length: 3 }, () => replays.replaying.map(replays.replay)),
]

/** Four files have 3,000 together in a deep run. */
export const sessionsPerFile = trials(750)

/** All sessions of a file on a busy machine, or the time to shrink a failure. */
export const patienceMs = 600_000

/** What a failure prints: with these the same session runs again. */
interface Again {
  readonly seed?: number
  readonly path?: string
  readonly replayPath?: string
}

/** Runs so many random sessions, each in a workspace of its own; a failure is shrunk, and says how to run it again. */
export const runSessions = async (count: number, { replayPath, ...again }: Again = {}): Promise<void> => {
  const house = await openHouse()
  const first = fc.array(fields.creation, { minLength: 3, maxLength: 5 })
  const rest = fc.commands(commands, {
    maxCommands: 12,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  })
  const session = fc.asyncProperty(first, rest, async (creations, steps) => {
    const { model, real } = await startSession(house)
    for (const creation of creations) await fields.create(creation).run(model, real)
    await fc.asyncModelRun(() => ({ model, real }), steps)
    await compare(model, real)
  })
  try {
    await fc.assert(session, {
      ...again,
      numRuns: count,
      // Sessions that were not run are not taken for good.
      interruptAfterTimeLimit: patienceMs,
      markInterruptAsFailure: true,
    })
  } finally {
    await house.close()
  }
}
