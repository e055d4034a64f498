import { dueDigestStore } from '../shared/data/stores/digests.ts'
import { sweepDigests } from '../shared/domain/digests/sweep.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { notifications } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

const world = { digests: dueDigestStore(table), queue: notifications() }

export const handler = onSchedule('digests.swept', (now) => sweepDigests(now, world))
