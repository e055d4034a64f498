import { downloadAttachment as route } from '../shared/api/routes/attachments.ts'
import { downloadAttachment } from '../shared/domain/attachments/useAttachments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'
import { offers } from '../shared/world/objectStore.ts'

export const handler = serve(route, downloadAttachment, { ...world, offers: offers() })
