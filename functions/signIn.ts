import { signIn as route } from '../shared/api/routes/sessions.ts'
import { signIn } from '../shared/domain/account/signIn.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/mfa.ts'

export const handler = serve(route, signIn, world)
