import { listOccurrences as route } from '../shared/api/routes/recurrence.ts'
import { listOccurrences } from '../shared/domain/recurrence/usePreview.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, listOccurrences, world)
