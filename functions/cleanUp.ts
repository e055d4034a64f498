import { storesOf } from '../shared/data/stores/all.ts'
import { dueUpkeepStore } from '../shared/data/stores/upkeep.ts'
import { cleanUp } from '../shared/domain/upkeep/cleanUp.ts'
import { lookAfter } from '../shared/domain/upkeep/upkeep.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { table } from '../shared/world/table.ts'

const [world, upkeeps] = [storesOf(table), dueUpkeepStore(table, 'cleanUp')]

export const handler = onSchedule('workspaces.cleaned', (now) =>
  lookAfter(now, upkeeps, (workspaceId) => cleanUp(workspaceId, now, world)),
)
