/** Prints the milliseconds from the import of a bundle to the end of its first call with `DRY_EVENT`. */
import { dryContext } from '../../infra/bundle/dry/dryContext.ts'

const [file = ''] = process.argv.slice(2)
const event = JSON.parse(process.env.DRY_EVENT ?? '{}')
const context = dryContext()

const start = performance.now()
const { handler } = await import(file)
const call = Promise.resolve(handler(event, context))
// A consumer that finds nothing to work with throws; it was called all the same.
await call.catch((error: unknown) => console.error(String(error)))
const milliseconds = performance.now() - start
process.stdout.write(`\n${milliseconds}`)
process.exit(0)
