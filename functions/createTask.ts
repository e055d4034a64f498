import { createTask as route } from '../shared/api/routes/tasks.ts'
import { createTask } from '../shared/domain/tasks/createTask.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, createTask, world)
