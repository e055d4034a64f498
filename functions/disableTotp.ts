import { disableTotp as route } from '../shared/api/routes/mfa.ts'
import { disableTotp } from '../shared/domain/account/useMfa.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/mfa.ts'

export const handler = serve(route, disableTotp, world)
