import { quickAdd as route } from '../shared/api/routes/quickAdd.ts'
import { quickAdd } from '../shared/domain/quickAdd/useQuickAdd.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, quickAdd, world)
