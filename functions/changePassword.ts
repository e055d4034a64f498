import { changePassword as route } from '../shared/api/routes/passwords.ts'
import { changePassword } from '../shared/domain/account/passwords.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, changePassword, world)
