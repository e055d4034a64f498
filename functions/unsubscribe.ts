import { unsubscribe as route } from '../shared/api/routes/unsubscribe.ts'
import { unsubscribe } from '../shared/domain/notices/useUnsubscribe.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/unsubscribe.ts'

export const handler = serve(route, unsubscribe, world)
