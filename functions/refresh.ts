import { refresh as route } from '../shared/api/routes/sessions.ts'
import { refresh } from '../shared/domain/account/signIn.ts'
import { forgetRefused } from '../shared/http/forgetCookie.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = forgetRefused(serve(route, refresh, world))
