import { getDocsAsset as route } from '../shared/api/routes/meta.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { docsFile } from '../shared/world/docsFiles.ts'
import { settings } from '../shared/world/open.ts'

const answer = ({ params }: { params: { asset: Parameters<typeof docsFile>[0] } }) => ({
  body: undefined,
  file: docsFile(params.asset),
})

export const handler = serveOpen(route, answer, settings, { 'cache-control': 'public, max-age=3600' })
