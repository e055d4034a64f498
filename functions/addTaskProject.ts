import { addTaskProject as route } from '../shared/api/routes/boards.ts'
import { addTaskProject } from '../shared/domain/tasks/useProjects.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, addTaskProject, world)
