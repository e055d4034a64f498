import { unshareTask as route } from '../shared/api/routes/shares.ts'
import { unshareTask } from '../shared/domain/tasks/useShares.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, unshareTask, world)
