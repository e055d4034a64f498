import { webhookStore } from '../shared/data/stores/webhooks.ts'
import { followWebhooks } from '../shared/domain/webhooks/follow.ts'
import { onLog } from '../shared/events/onLog.ts'
import { webhookQueue } from '../shared/world/queue.ts'
import { pushToClients } from '../shared/world/sockets.ts'
import { table } from '../shared/world/table.ts'

const tellWebhooks = followWebhooks({ webhooks: webhookStore(table), queue: webhookQueue() })

export const handler = onLog([pushToClients(), tellWebhooks])
