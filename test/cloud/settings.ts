import { fileURLToPath } from 'node:url'

/** Account and region in which MiniStack answers to dummy keys. */
export const account = '000000000000'
export const region = 'us-east-1'

/** The stage of `infra/stages.ts` that the suite deploys. */
export const stage = 'trial'

export const repository = fileURLToPath(new URL('../..', import.meta.url))
/** Where the first `node` on PATH is the pinned one: MiniStack runs every function with it. */
export const binaries = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url))
export const emulatorSources = fileURLToPath(new URL('emulator', import.meta.url))
/** Logs, environments and state of the suite; not under version control. */
export const workFolder = fileURLToPath(new URL('../../.local/cloud', import.meta.url))

/** `unreachable` (sysexits' EX_UNAVAILABLE): Python or its package index is not to be had here, so nothing was tested. */
export const exitCodes = { passed: 0, failed: 1, broken: 2, unreachable: 69 } as const

/** A step of the suite could not be done, with what the reader may do about it; carries the code to exit with. */
export class SuiteError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number = exitCodes.broken) {
    super(message)
    this.exitCode = exitCode
  }
}
