import { deleteTimeEntry as route } from '../shared/api/routes/time.ts'
import { deleteTimeEntry } from '../shared/domain/tasks/useTimeEntries.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, deleteTimeEntry, world)
