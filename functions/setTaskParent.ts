import { setTaskParent as route } from '../shared/api/routes/structure.ts'
import { setTaskParent } from '../shared/domain/tasks/useParent.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, setTaskParent, world)
