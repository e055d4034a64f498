import { log } from '../http/log.ts'
import type { HttpSettings } from '../http/settings.ts'
import * as environment from './environment.ts'

/** What every function behind the gateway knows of where it runs; how tokens are verified is for each to add. */
export const surroundings: Omit<HttpSettings, 'verify'> = {
  cursorKey: environment.cursorKey(),
  publicUrl: environment.publicUrl(),
  allowedOrigins: environment.allowedOrigins(),
  clock: Date.now,
  log,
}
