import { renewRecoveryCodes as route } from '../shared/api/routes/mfa.ts'
import { renewRecoveryCodes } from '../shared/domain/account/useMfa.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/mfa.ts'

export const handler = serve(route, renewRecoveryCodes, world)
