import { listJobResults as route } from '../shared/api/routes/jobs.ts'
import { listJobResults } from '../shared/domain/jobs/useJob.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/jobs.ts'

export const handler = serve(route, listJobResults, world)
