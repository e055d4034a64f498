import { fileSettings } from './environment.ts'
import { fileObjects } from './files/objects.ts'
import { fileOffers } from './files/offers.ts'

/** The object store of attachments. A function carries only the half that it names. */
export const offers = () => fileOffers(fileSettings())
export const objects = () => fileObjects(fileSettings())
