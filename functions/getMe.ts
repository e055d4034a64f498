import { getMe as route } from '../shared/api/routes/account.ts'
import { getMe } from '../shared/domain/account/profile.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, getMe, world)
