import { listProjectMembers as route } from '../shared/api/routes/access.ts'
import { listProjectMembers } from '../shared/domain/access/useProjectRoles.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, listProjectMembers, world)
