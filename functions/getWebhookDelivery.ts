import { getWebhookDelivery as route } from '../shared/api/routes/webhooks.ts'
import { getWebhookDelivery } from '../shared/domain/webhooks/useDeliveries.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/webhooks.ts'

export const handler = serve(route, getWebhookDelivery, world)
