import { resendCode as route } from '../shared/api/routes/account.ts'
import { resendCode } from '../shared/domain/account/signUp.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/account.ts'

export const handler = serve(route, resendCode, world)
