import { getUnsubscribe as route } from '../shared/api/routes/unsubscribe.ts'
import { askToUnsubscribe } from '../shared/domain/notices/useUnsubscribe.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { linksWith } from '../shared/mail/unsubscribing.ts'
import { settings } from '../shared/world/open.ts'

const links = linksWith(settings.cursorKey)

export const handler = serveOpen(route, (ask) => askToUnsubscribe(ask, links), settings)
