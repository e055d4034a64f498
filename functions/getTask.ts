import { getTask as route } from '../shared/api/routes/tasks.ts'
import { getTask } from '../shared/domain/tasks/useTask.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, getTask, world)
