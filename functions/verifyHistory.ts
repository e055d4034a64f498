import { verifyHistory as route } from '../shared/api/routes/audit.ts'
import { verifyHistory } from '../shared/domain/audit/useWholeVerification.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/audit.ts'

export const handler = serve(route, verifyHistory, world)
