import { explainPermissions as route } from '../shared/api/routes/access.ts'
import { explainPermissions } from '../shared/domain/access/useExplain.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, explainPermissions, world)
