import { verifyAudit as route } from '../shared/api/routes/audit.ts'
import { verifyAudit } from '../shared/domain/audit/useVerification.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/audit.ts'

export const handler = serve(route, verifyAudit, world)
