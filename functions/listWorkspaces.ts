import { listWorkspaces as route } from '../shared/api/routes/workspaces.ts'
import { listWorkspaces } from '../shared/domain/workspaces/useWorkspace.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, listWorkspaces, world)
