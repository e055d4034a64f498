import { getStatistics as route } from '../shared/api/routes/projects.ts'
import { getStatistics } from '../shared/domain/projects/useProject.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, getStatistics, world)
