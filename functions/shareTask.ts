import { shareTask as route } from '../shared/api/routes/shares.ts'
import { shareTask } from '../shared/domain/tasks/useShares.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, shareTask, world)
