import { editTemplate as route } from '../shared/api/routes/templates.ts'
import { editTemplate } from '../shared/domain/templates/useTemplates.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/templates.ts'

export const handler = serve(route, editTemplate, world)
