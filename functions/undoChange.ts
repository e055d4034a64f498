import { undoChange as route } from '../shared/api/routes/life.ts'
import { undoChange } from '../shared/domain/tasks/useUndo.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, undoChange, world)
