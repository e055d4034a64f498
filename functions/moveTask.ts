import { moveTask as route } from '../shared/api/routes/boards.ts'
import { moveTask } from '../shared/domain/tasks/useProjects.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, moveTask, world)
