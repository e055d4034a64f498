import { ledgerStore } from '../shared/data/stores/ledger.ts'
import { suppressionStore } from '../shared/data/stores/suppressions.ts'
import { onMailEvents } from '../shared/events/onMailEvents.ts'
import { table } from '../shared/world/table.ts'

export const handler = onMailEvents({ suppressions: suppressionStore(table), ledger: ledgerStore(table) })
