import { scheduleStore } from '../data/stores/schedules.ts'
import { world as common } from './http.ts'
import { table } from './table.ts'

export const world = { ...common, schedules: scheduleStore(table) }
