import { Failure } from '../domain/failure.ts'
import type { HttpSettings } from '../http/settings.ts'
import { surroundings } from './surroundings.ts'

/** For what anybody may call and what touches no data: no table, and no credential is taken. */
export const settings: HttpSettings = {
  ...surroundings,
  verify: async () => {
    throw new Failure('unauthenticated')
  },
}
