import { getGroup as route } from '../shared/api/routes/groups.ts'
import { getGroup } from '../shared/domain/groups/useGroups.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/groups.ts'

export const handler = serve(route, getGroup, world)
