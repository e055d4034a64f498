import { signOutEverywhere as route } from '../shared/api/routes/sessions.ts'
import { signOutEverywhere } from '../shared/domain/account/signOut.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, signOutEverywhere, world)
