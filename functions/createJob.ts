import { createJob as route } from '../shared/api/routes/jobs.ts'
import { createJob } from '../shared/domain/jobs/createJob.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/jobs.ts'

export const handler = serve(route, createJob, world)
