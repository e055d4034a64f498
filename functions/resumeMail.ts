import { resumeMail as route } from '../shared/api/routes/account.ts'
import { resumeMail } from '../shared/domain/account/resumeMail.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, resumeMail, world)
