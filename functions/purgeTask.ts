import { purgeTask as route } from '../shared/api/routes/life.ts'
import { purgeTask } from '../shared/domain/tasks/useLife.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, purgeTask, world)
