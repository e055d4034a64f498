import { storesOf } from '../shared/data/stores/all.ts'
import { jobStore } from '../shared/data/stores/jobs.ts'
import { onJobs } from '../shared/events/onJobs.ts'
import { jobs as queue } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onJobs({
  ...storesOf(table),
  jobs: jobStore(table),
  queue: queue(),
  now: () => new Date().toISOString(),
})
