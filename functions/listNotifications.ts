import { listNotifications as route } from '../shared/api/routes/notifications.ts'
import { listNotifications } from '../shared/domain/notices/useInbox.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/notifications.ts'

export const handler = serve(route, listNotifications, world)
