import { editNotificationPreferences as route } from '../shared/api/routes/notifications.ts'
import { editNotificationPreferences } from '../shared/domain/notices/usePreferences.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/notifications.ts'

export const handler = serve(route, editNotificationPreferences, world)
