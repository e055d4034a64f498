import { markNotificationsRead as route } from '../shared/api/routes/notifications.ts'
import { markNotificationsRead } from '../shared/domain/notices/useInbox.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/notifications.ts'

export const handler = serve(route, markNotificationsRead, world)
