import { fallback, routes } from '../shared/api/routes.ts'
import { serveUnmatched } from '../shared/http/fallback.ts'
import { settings } from '../shared/world/open.ts'

export const handler = serveUnmatched(fallback.name, routes, settings)
