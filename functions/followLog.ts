import { webhookStore } from '../shared/data/stores/webhooks.ts'
import { followWebhooks } from '../shared/domain/webhooks/follow.ts'
import { onLog } from '../shared/events/onLog.ts'
import { webhookQueue } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onLog([followWebhooks({ webhooks: webhookStore(table), queue: webhookQueue() })])
