import { delegateTask as route } from '../shared/api/routes/tasks.ts'
import { delegateTask } from '../shared/domain/tasks/useDelegation.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, delegateTask, world)
