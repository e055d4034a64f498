import { deleteAttachment as route } from '../shared/api/routes/attachments.ts'
import { deleteAttachment } from '../shared/domain/attachments/useAttachments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'

export const handler = serve(route, deleteAttachment, world)
