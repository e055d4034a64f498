import { listMembers as route } from '../shared/api/routes/members.ts'
import { listMembers } from '../shared/domain/workspaces/useMembers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, listMembers, world)
