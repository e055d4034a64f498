import { positionTask as route } from '../shared/api/routes/boards.ts'
import { positionTask } from '../shared/domain/tasks/usePosition.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, positionTask, world)
