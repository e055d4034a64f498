import { listGroupMembers as route } from '../shared/api/routes/groups.ts'
import { listGroupMembers } from '../shared/domain/groups/useGroupMembers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/groups.ts'

export const handler = serve(route, listGroupMembers, world)
