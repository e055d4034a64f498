import { getExport as route } from '../shared/api/routes/privacy.ts'
import { getExport } from '../shared/domain/account/useExports.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/exports.ts'
import { partOffers } from '../shared/world/objectStore.ts'

export const handler = serve(route, getExport, { ...world, partOffers: partOffers() })
