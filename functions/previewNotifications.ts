import { previewNotifications as route } from '../shared/api/routes/notifications.ts'
import { commentStore } from '../shared/data/stores/comments.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { previewNotifications } from '../shared/domain/notices/usePreview.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/notifications.ts'
import { table } from '../shared/world/table.ts'

export const handler = serve(route, previewNotifications, {
  ...world,
  comments: commentStore(table),
  groups: groupStore(table),
})
