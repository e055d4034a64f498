import { waitingIndex } from '../shared/data/stores/waiting.ts'
import { sweepWaiting } from '../shared/domain/notices/sweepWaiting.ts'
import { onSchedule } from '../shared/events/onSchedule.ts'
import { mails } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

const world = { index: waitingIndex(table), queue: mails() }

export const handler = onSchedule('mails.waited', (now) => sweepWaiting(now, world))
