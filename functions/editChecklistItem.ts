import { editChecklistItem as route } from '../shared/api/routes/checklists.ts'
import { editChecklistItem } from '../shared/domain/tasks/useChecklist.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, editChecklistItem, world)
