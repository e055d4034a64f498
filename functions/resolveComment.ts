import { resolveComment as route } from '../shared/api/routes/comments.ts'
import { resolveComment } from '../shared/domain/comments/useThreads.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/comments.ts'

export const handler = serve(route, resolveComment, world)
