import { completeAttachment as route } from '../shared/api/routes/attachments.ts'
import { completeAttachment } from '../shared/domain/attachments/useAttachments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'
import { objects, tickets } from '../shared/world/objectStore.ts'

export const handler = serve(route, completeAttachment, { ...world, objects: objects(), tickets: tickets() })
