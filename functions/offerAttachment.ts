import { offerAttachment as route } from '../shared/api/routes/attachments.ts'
import { offerAttachment } from '../shared/domain/attachments/useAttachments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'
import { offers, tickets } from '../shared/world/objectStore.ts'

export const handler = serve(route, offerAttachment, { ...world, offers: offers(), tickets: tickets() })
