/** Entry point of every deployed function, bundled as `index.mjs`: Lambda calls `index.handler`. */
import { compile, run } from './script.ts'

export const { handler } = run(compile(import.meta.dirname, true))
