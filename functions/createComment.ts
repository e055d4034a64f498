import { createComment as route } from '../shared/api/routes/comments.ts'
import { createComment } from '../shared/domain/comments/createComment.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/comments.ts'

export const handler = serve(route, createComment, world)
