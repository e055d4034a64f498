import { duplicateTask as route } from '../shared/api/routes/life.ts'
import { duplicateTask } from '../shared/domain/tasks/duplicate.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, duplicateTask, world)
