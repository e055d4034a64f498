import { customFieldStore } from '../data/stores/customFields.ts'
import { world as usual } from './http.ts'
import { table } from './table.ts'

/** What the routes of custom fields work with. */
export const world = { ...usual, customFields: customFieldStore(table) }
