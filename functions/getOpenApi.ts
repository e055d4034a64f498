import { openApi } from '../shared/api/openapi.ts'
import { getOpenApi as route } from '../shared/api/routes/meta.ts'
import { routes } from '../shared/api/routes.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { settings } from '../shared/world/open.ts'

const document = openApi(routes, settings.publicUrl)

export const handler = serveOpen(route, () => ({ body: document }), settings)
