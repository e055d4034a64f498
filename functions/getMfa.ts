import { getMfa as route } from '../shared/api/routes/mfa.ts'
import { getMfa } from '../shared/domain/account/useMfa.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/tokens.ts'

export const handler = serve(route, getMfa, world)
