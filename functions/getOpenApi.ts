import { getOpenApi as route } from '../shared/api/routes/meta.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { settings } from '../shared/world/open.ts'
import { openApiDocument } from '../shared/world/openApiDocument.ts'

const document = openApiDocument(settings.publicUrl)

export const handler = serveOpen(route, () => ({ body: document }), settings)
