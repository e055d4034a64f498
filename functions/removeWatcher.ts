import { removeWatcher as route } from '../shared/api/routes/watchers.ts'
import { removeWatcher } from '../shared/domain/tasks/useWatchers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, removeWatcher, world)
