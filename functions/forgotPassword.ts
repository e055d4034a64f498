import { forgotPassword as route } from '../shared/api/routes/passwords.ts'
import { forgotPassword } from '../shared/domain/account/passwords.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, forgotPassword, world)
