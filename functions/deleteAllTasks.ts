import { deleteAllTasks as route } from '../shared/api/routes/jobs.ts'
import { deleteAllTasks } from '../shared/domain/jobs/deleteAllTasks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/jobs.ts'

export const handler = serve(route, deleteAllTasks, world)
