/**
 * Prints the milliseconds from the import of a bundle to AWS's first answer to its first call with `DRY_EVENT`,
 * or to the end of that call when it asks nothing of AWS.
 */
import { subscribe } from 'node:diagnostics_channel'
import { dryContext } from '../../infra/bundle/dry/dryContext.ts'

const [file = ''] = process.argv.slice(2)
const event = JSON.parse(process.env.DRY_EVENT ?? '{}')
const context = dryContext()

let answered: number | undefined
subscribe('http.client.response.finish', () => {
  answered ??= performance.now()
})

const start = performance.now()
const { handler } = await import(file)
const call = Promise.resolve(handler(event, context))
// A consumer that finds nothing to work with throws; it was called all the same.
await call.catch((error: unknown) => console.error(String(error)))
const milliseconds = (answered ?? performance.now()) - start
process.stdout.write(`\n${milliseconds}`)
process.exit(0)
