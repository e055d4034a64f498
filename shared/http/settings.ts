import type { ProblemTitle } from '../i18n/problems.ts'
import type { Counting } from './limits.ts'
import type { Log } from './log.ts'
import type { VerifyToken } from './tokens.ts'

/** What the kernel needs to know of where it runs. */
export interface HttpSettings {
  readonly verify: VerifyToken
  /** Signs cursors. */
  readonly cursorKey: string
  readonly publicUrl: string
  /** Origins that browsers may call from; the public one among them. */
  readonly allowedOrigins: readonly string[]
  readonly problemTitle: ProblemTitle
  readonly clock: () => number
  readonly log: Log
  /** Must be there for routes that declare limits. */
  readonly counting?: Counting
}
