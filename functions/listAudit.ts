import { listAudit as route } from '../shared/api/routes/audit.ts'
import { listAudit } from '../shared/domain/audit/useAudit.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/audit.ts'

export const handler = serve(route, listAudit, world)
