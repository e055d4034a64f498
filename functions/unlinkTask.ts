import { unlinkTask as route } from '../shared/api/routes/structure.ts'
import { unlinkTask } from '../shared/domain/tasks/useLinks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, unlinkTask, world)
