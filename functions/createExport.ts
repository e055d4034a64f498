import { createExport as route } from '../shared/api/routes/privacy.ts'
import { createExport } from '../shared/domain/account/useExports.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/exports.ts'

export const handler = serve(route, createExport, world)
