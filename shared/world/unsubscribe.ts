import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { preferencesStore } from '../data/stores/preferences.ts'
import { bucketStore } from '../data/stores/throttle.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { memberInAnyState, workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { paceWith } from '../domain/throttle/pace.ts'
import { countingWith } from '../http/limits.ts'
import { linksWith } from '../mail/unsubscribing.ts'
import { addressFactor, cursorKey } from './environment.ts'
import { settings as open } from './open.ts'
import { table } from './table.ts'

const pace = paceWith(bucketStore(table), { key: cursorKey(), addressFactor: addressFactor() })

/** What the links of mails lead to: no credential is taken, and the table is touched. */
export const world = {
  settings: { ...open, counting: countingWith(pace) },
  people: peopleByKey(table),
  workspaces: { ...workspacesByKey(table), memberInAnyState: memberInAnyState(table) },
  tokens: tokenStore(table),
  preferences: preferencesStore(table),
  links: linksWith(cursorKey()),
}
