import { getWebhook as route } from '../shared/api/routes/webhooks.ts'
import { getWebhook } from '../shared/domain/webhooks/useWebhooks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/webhooks.ts'

export const handler = serve(route, getWebhook, world)
