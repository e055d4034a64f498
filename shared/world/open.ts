import { Failure } from '../domain/failure.ts'
import { log } from '../http/log.ts'
import type { HttpSettings } from '../http/settings.ts'
import * as environment from './environment.ts'

/** For what anybody may call and what touches no data: no table, and no credential is taken. */
export const settings: HttpSettings = {
  verify: async () => {
    throw new Failure('unauthenticated')
  },
  cursorKey: environment.cursorKey(),
  publicUrl: environment.publicUrl(),
  allowedOrigins: environment.allowedOrigins(),
  clock: Date.now,
  log,
}
