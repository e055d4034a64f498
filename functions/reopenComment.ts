import { reopenComment as route } from '../shared/api/routes/comments.ts'
import { reopenComment } from '../shared/domain/comments/useThreads.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/comments.ts'

export const handler = serve(route, reopenComment, world)
