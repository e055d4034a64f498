import { listTaskGroups as route } from '../shared/api/routes/groups.ts'
import { listTaskGroups } from '../shared/domain/groups/useTaskGroups.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, listTaskGroups, world)
