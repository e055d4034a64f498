import { cancelJob as route } from '../shared/api/routes/jobs.ts'
import { cancelJob } from '../shared/domain/jobs/useJob.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/jobs.ts'

export const handler = serve(route, cancelJob, world)
