import { endOtherSessions as route } from '../shared/api/routes/sessions.ts'
import { endOtherSessions } from '../shared/domain/account/useSessions.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, endOtherSessions, world)
