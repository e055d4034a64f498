import { suspendMember as route } from '../shared/api/routes/members.ts'
import { suspendMember } from '../shared/domain/workspaces/useStanding.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, suspendMember, world)
