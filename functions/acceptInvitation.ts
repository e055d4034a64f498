import { acceptInvitation as route } from '../shared/api/routes/invitations.ts'
import { acceptInvitation } from '../shared/domain/workspaces/useInvitations.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, acceptInvitation, world)
