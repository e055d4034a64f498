import { listSharedTasks as route } from '../shared/api/routes/tasks.ts'
import { listSharedTasks } from '../shared/domain/tasks/listTasks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, listSharedTasks, world)
