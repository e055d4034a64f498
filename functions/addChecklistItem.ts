import { addChecklistItem as route } from '../shared/api/routes/checklists.ts'
import { addChecklistItem } from '../shared/domain/tasks/useChecklist.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, addChecklistItem, world)
