import { createToken as route } from '../shared/api/routes/tokens.ts'
import { createToken } from '../shared/domain/tokens/useTokens.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/tokens.ts'

export const handler = serve(route, createToken, world)
