import { verifyTaskHistory as route } from '../shared/api/routes/tasks.ts'
import { verifyTaskHistory } from '../shared/domain/tasks/useHistoryVerification.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/historyVerification.ts'

export const handler = serve(route, verifyTaskHistory, world)
