import { getInvitation as route } from '../shared/api/routes/invitations.ts'
import { getInvitation } from '../shared/domain/workspaces/useInvitations.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, getInvitation, world)
