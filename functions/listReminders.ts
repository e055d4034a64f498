import { listReminders as route } from '../shared/api/routes/reminders.ts'
import { listReminders } from '../shared/domain/reminders/useReminders.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/reminders.ts'

export const handler = serve(route, listReminders, world)
