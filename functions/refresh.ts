import { refresh as route } from '../shared/api/routes/sessions.ts'
import { refresh } from '../shared/domain/account/refresh.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, refresh, world)
