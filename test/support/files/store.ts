import type { FilesPart } from '../../../local/parts/files/files.ts'
import { localRegion } from '../../../local/parts/part.ts'
import { fileObjects } from '../../../shared/world/files/objects.ts'
import { fileOffers } from '../../../shared/world/files/offers.ts'
import type { FileSettings } from '../../../shared/world/files/settings.ts'

/** Settings by which the product's object store uses the local part. */
const settingsFor = ({ bucket, bucketUrl, endpoint }: FilesPart, clock = Date.now): FileSettings => ({
  bucket,
  inside: new URL(bucketUrl),
  outside: new URL(bucketUrl),
  origin: new URL(endpoint),
  region: localRegion,
  credentials: async () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
  clock,
})

/** The product's object store over a part. */
export const storeOn = (part: FilesPart, clock = Date.now) => {
  const settings = settingsFor(part, clock)
  return { offers: fileOffers(settings), objects: fileObjects(settings) }
}
