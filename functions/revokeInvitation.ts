import { revokeInvitation as route } from '../shared/api/routes/invitations.ts'
import { revokeInvitation } from '../shared/domain/workspaces/useOpenInvitations.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, revokeInvitation, world)
