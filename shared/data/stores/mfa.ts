import type { MfaStore } from '../../domain/account/authenticate.ts'
import { written } from '../codec.ts'
import { personKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { personCodec } from './peopleByKey.ts'

export const mfaStore = (table: Table): MfaStore => ({
  setMfa: ({ id, mfa, updatedAt, version }) => {
    const stamp = { updatedAt, version }
    const change = mfa === undefined ? { set: stamp, remove: ['mfa'] } : { set: { ...stamp, mfa } }
    const condition = { equals: { version: version - 1, state: 'active' } }
    return written(table.update(personKey(id), change, condition), personCodec.decode)
  },
})
