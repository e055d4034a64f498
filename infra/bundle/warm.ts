/** Writes the code cache of the bundle in the folder given as argument, after three calls with `DRY_EVENT`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheName } from './cacheName.ts'
import { dryContext } from './dry/dryContext.ts'
import { compile, run } from './script.ts'

const [dir = ''] = process.argv.slice(2)
const script = compile(dir, false)
const { handler } = run(script)
if (typeof handler !== 'function') throw new Error(`${dir} exports no handler`)

for (let call = 0; call < 3; call++) {
  try {
    await handler(JSON.parse(process.env.DRY_EVENT ?? '{}'), dryContext())
  } catch (error) {
    // Consumers throw when they can't do their work, as here, where no table answers: the code ran all the same.
    console.log(`${dir}: ${error}`)
  }
}
writeFileSync(join(dir, cacheName()), script.createCachedData())
process.exit(0)
