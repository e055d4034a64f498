import { templateStore } from '../data/stores/templates.ts'
import { world as usual } from './http.ts'
import { table } from './table.ts'

/** What the routes of templates work with. */
export const world = { ...usual, templates: templateStore(table) }
