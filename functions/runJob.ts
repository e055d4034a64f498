import { onJobs } from '../shared/events/onJobs.ts'
import { world } from '../shared/world/worker.ts'

export const handler = onJobs(world)
