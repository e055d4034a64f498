import { addReaction as route } from '../shared/api/routes/comments.ts'
import { addReaction } from '../shared/domain/comments/useReactions.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/comments.ts'

export const handler = serve(route, addReaction, world)
