import { peopleStore } from '../data/stores/people.ts'
import { suppressionStore } from '../data/stores/suppressions.ts'
import { bucketStore } from '../data/stores/throttle.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { paceWith } from '../domain/throttle/pace.ts'
import { countingWith } from '../http/limits.ts'
import { refreshTokensWith } from '../http/refreshTokens.ts'
import { addressFactor, cursorKey } from './environment.ts'
import { identity } from './identity.ts'
import { settings as usual } from './settings.ts'
import { table } from './table.ts'

const pace = paceWith(bucketStore(table), { key: cursorKey(), addressFactor: addressFactor() })
const settings = { ...usual, counting: countingWith(pace) }

/** What the account routes work with; the stores they do not need stay out of their bundles. */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  tokens: tokenStore(table),
  identity,
  suppressions: suppressionStore(table),
  refreshTokens: refreshTokensWith(settings.cursorKey),
}
