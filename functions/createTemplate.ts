import { createTemplate as route } from '../shared/api/routes/templates.ts'
import { createTemplate } from '../shared/domain/templates/createTemplate.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/templates.ts'

export const handler = serve(route, createTemplate, world)
