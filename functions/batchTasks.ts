import { batchTasks as route } from '../shared/api/routes/jobs.ts'
import { batchTasks } from '../shared/domain/jobs/batchTasks.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/batches.ts'

export const handler = serve(route, batchTasks, world)
