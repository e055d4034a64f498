import { editNotification as route } from '../shared/api/routes/notifications.ts'
import { editNotification } from '../shared/domain/notices/useInbox.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/notifications.ts'

export const handler = serve(route, editNotification, world)
