import { canaries } from './all.ts'
import { openField } from './planted.ts'

/**
 * Plants deliberate faults in the code that keeps people from what is not theirs, one at a time in a copy of the
 * repository, and runs the tests that must notice. Words of names choose some: `plant.ts token cookie`.
 * Exits with 1 when a canary lives.
 */
const words = process.argv.slice(2)
const chosen = canaries.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

const field = await openField()
let alive = 0
try {
  if (!(await field.isSound(chosen))) throw new Error('the tests fail with no canary planted')
  for (const canary of chosen) {
    const began = performance.now()
    const fate = await field.try(canary)
    if (fate !== 'caught') alive++
    console.log(`${fate.padEnd(10)} ${((performance.now() - began) / 1000).toFixed(1)} s  ${canary.name}`)
  }
} finally {
  await field.close()
}
console.log(`${chosen.length - alive} of ${chosen.length} caught`)
process.exitCode = alive === 0 && chosen.length > 0 ? 0 : 1
