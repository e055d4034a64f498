import { editTimeEntry as route } from '../shared/api/routes/time.ts'
import { editTimeEntry } from '../shared/domain/tasks/useTimeEntries.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, editTimeEntry, world)
