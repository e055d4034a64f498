import { log } from '../http/log.ts'
import type { HttpSettings } from '../http/settings.ts'
import { tokenVerifier } from '../http/tokens.ts'
import * as environment from './environment.ts'

/** What the kernel needs to know of where it runs. */
export const settings: HttpSettings = {
  verify: tokenVerifier(environment.tokenSettings()),
  cursorKey: environment.cursorKey(),
  publicUrl: environment.publicUrl(),
  allowedOrigins: environment.allowedOrigins(),
  clock: Date.now,
  log,
}
