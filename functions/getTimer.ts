import { getTimer as route } from '../shared/api/routes/time.ts'
import { getTimer } from '../shared/domain/tasks/useTimer.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/timers.ts'

export const handler = serve(route, getTimer, world)
