import { linkTask as route } from '../shared/api/routes/structure.ts'
import { linkTask } from '../shared/domain/tasks/useLinks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, linkTask, world)
