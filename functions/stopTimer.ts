import { stopTimer as route } from '../shared/api/routes/time.ts'
import { stopTimer } from '../shared/domain/tasks/useTimer.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/timers.ts'

export const handler = serve(route, stopTimer, world)
