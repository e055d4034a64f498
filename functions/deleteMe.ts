import { deleteMe as route } from '../shared/api/routes/privacy.ts'
import { deleteMe } from '../shared/domain/account/useDeletion.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/deletion.ts'

export const handler = serve(route, deleteMe, world)
