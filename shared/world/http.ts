import { storesOf } from '../data/stores/all.ts'
import { log } from '../http/log.ts'
import type { HttpSettings } from '../http/settings.ts'
import { tokenVerifier } from '../http/tokens.ts'
import * as environment from './environment.ts'
import { table } from './table.ts'

const settings: HttpSettings = {
  verify: tokenVerifier(environment.tokenSettings()),
  cursorKey: environment.cursorKey(),
  publicUrl: environment.publicUrl(),
  allowedOrigins: environment.allowedOrigins(),
  clock: Date.now,
  log,
}

/** What the routes work with: the stores, and the settings of the kernel. */
export const world = { settings, ...storesOf(table) }
