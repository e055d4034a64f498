import { listSubtasks as route } from '../shared/api/routes/structure.ts'
import { listSubtasks } from '../shared/domain/tasks/useParent.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, listSubtasks, world)
