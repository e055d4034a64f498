import { offerAttachment as route } from '../shared/api/routes/attachments.ts'
import { agreementStore } from '../shared/data/stores/agreements.ts'
import { offerAttachment } from '../shared/domain/attachments/useAttachments.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/http.ts'
import { offers, tickets } from '../shared/world/objectStore.ts'
import { table } from '../shared/world/table.ts'

const agreements = agreementStore(table)
export const handler = serve(route, offerAttachment, {
  ...world,
  agreements,
  offers: offers(),
  tickets: tickets(),
})
