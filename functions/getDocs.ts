import { docsPage, docsPolicy } from '../shared/api/docsPage.ts'
import { getDocs as route } from '../shared/api/routes/meta.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { settings } from '../shared/world/open.ts'

const file = { bytes: Buffer.from(docsPage), mediaType: 'text/html; charset=utf-8' }
const headers = { 'content-security-policy': docsPolicy(settings.publicUrl) }

export const handler = serveOpen(route, () => ({ body: undefined, file }), settings, headers)
