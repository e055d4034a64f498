import { listTaskHistory as route } from '../shared/api/routes/tasks.ts'
import { listTaskHistory } from '../shared/domain/tasks/useHistory.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/history.ts'

export const handler = serve(route, listTaskHistory, world)
