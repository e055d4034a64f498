import { deleteCustomField as route } from '../shared/api/routes/customFields.ts'
import { deleteCustomField } from '../shared/domain/projects/useCustomFields.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/customFields.ts'

export const handler = serve(route, deleteCustomField, world)
