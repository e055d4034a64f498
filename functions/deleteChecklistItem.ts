import { deleteChecklistItem as route } from '../shared/api/routes/checklists.ts'
import { deleteChecklistItem } from '../shared/domain/tasks/useChecklist.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, deleteChecklistItem, world)
