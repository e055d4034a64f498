import * as fc from 'fast-check'
import { choosing, type Step } from './attempt.ts'
import { compare } from './compare/compare.ts'
import { type House, openHouse, startSession } from './session.ts'
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
  ...Array.from({ length: 7 }, () => fields.creation.map(fields.create)),
  ...Array.from({ length: 4 }, () => fields.edition.map(fields.edit)),
  ...Array.from({ length: 3 }, () => chosen.map(fields.complete)),
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

/** The engine looks through its whole stream at every write: after so many sessions a new one is quicker. */
const sessionsPerHouse = 40

/** Runs so many random sessions, each in a workspace of its own; a failure is shrunk, and says how to run it again. */
export const runSessions = async (count: number): Promise<void> => {
  let house: House = await openHouse()
  let sessions = 0
  const began = performance.now()
  const next = async () => {
    if (++sessions % sessionsPerHouse === 0) {
      await house.app.close()
      house = await openHouse()
    }
    return startSession(house)
  }
  const session = fc.asyncProperty(fc.commands(commands, { maxCommands: 25, size: 'max' }), async (steps) => {
    const { model, real } = await next()
    await fc.asyncModelRun(() => ({ model, real }), steps)
    await compare(model, real)
  })
  try {
    await fc.assert(session, {
      numRuns: count,
      endOnFailure: false,
      ...(process.env.SEED && { seed: Number(process.env.SEED) }),
    })
    console.log((performance.now() - began) / count)
  } finally {
    await house.app.close()
  }
}
