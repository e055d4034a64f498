import { listChanges as route } from '../shared/api/routes/changes.ts'
import { listChanges } from '../shared/domain/live/useChanges.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/changes.ts'

export const handler = serve(route, listChanges, world)
