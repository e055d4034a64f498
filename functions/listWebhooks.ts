import { listWebhooks as route } from '../shared/api/routes/webhooks.ts'
import { listWebhooks } from '../shared/domain/webhooks/useWebhooks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/webhooks.ts'

export const handler = serve(route, listWebhooks, world)
