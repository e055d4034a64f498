import { createWebhook as route } from '../shared/api/routes/webhooks.ts'
import { createWebhook } from '../shared/domain/webhooks/createWebhook.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/webhooks.ts'

export const handler = serve(route, createWebhook, world)
