import { log } from '../http/log.ts'
import type { HttpSettings } from '../http/settings.ts'
import { problemTitles } from '../i18n/problems.ts'
import { codeFile } from './codeFiles.ts'
import * as environment from './environment.ts'

/** What every function behind the gateway knows of where it runs; how tokens are verified is for each to add. */
export const surroundings: Omit<HttpSettings, 'verify'> = {
  cursorKey: environment.cursorKey(),
  publicUrl: environment.publicUrl(),
  allowedOrigins: environment.allowedOrigins(),
  problemTitle: problemTitles((path) => codeFile(path).toString()),
  clock: Date.now,
  log,
}
