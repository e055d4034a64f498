import { listProjectTasks as route } from '../shared/api/routes/tasks.ts'
import { listProjectTasks } from '../shared/domain/tasks/listTasks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, listProjectTasks, world)
