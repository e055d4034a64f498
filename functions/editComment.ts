import { editComment as route } from '../shared/api/routes/comments.ts'
import { editComment } from '../shared/domain/comments/useComments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/comments.ts'

export const handler = serve(route, editComment, world)
