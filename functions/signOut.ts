import { signOut as route } from '../shared/api/routes/sessions.ts'
import { signOut } from '../shared/domain/account/signOut.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, signOut, world)
