import { applyTemplate as route } from '../shared/api/routes/templates.ts'
import { applyTemplate } from '../shared/domain/templates/applyTemplate.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/templates.ts'

export const handler = serve(route, applyTemplate, world)
