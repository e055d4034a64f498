import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Lambda names the folder of a function's code; everywhere else the process runs at the repository's root. */
const codeRoot = (): string => process.env.LAMBDA_TASK_ROOT ?? process.cwd()

/** A file that lies beside the code, by its path in the repository: `filesBeside` says which those are. */
export const codeFile = (path: string): Buffer => readFileSync(join(codeRoot(), path))
