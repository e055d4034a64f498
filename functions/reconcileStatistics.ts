import { storesOf } from '../shared/data/stores/all.ts'
import { dueUpkeepStore } from '../shared/data/stores/upkeep.ts'
import { reconcile } from '../shared/domain/upkeep/reconcile.ts'
import { lookAfter } from '../shared/domain/upkeep/upkeep.ts'
import { driftLine } from '../shared/events/driftLine.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { table } from '../shared/world/table.ts'

const [stores, upkeeps] = [storesOf(table), dueUpkeepStore(table, 'reconcileStatistics')]

export const handler = onSchedule('workspaces.reconciled', (now, { functionName }) =>
  lookAfter(now, upkeeps, (workspaceId) =>
    reconcile(workspaceId, { ...stores, report: (drift) => driftLine(drift, functionName) }),
  ),
)
