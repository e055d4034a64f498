import type { HttpSettings } from '../http/settings.ts'
import { tokenVerifier } from '../http/tokens.ts'
import { tokenSettings } from './environment.ts'
import { surroundings } from './surroundings.ts'

/** What the kernel needs to know of where it runs. */
export const settings: HttpSettings = { ...surroundings, verify: tokenVerifier(tokenSettings()) }
