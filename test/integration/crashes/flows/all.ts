import { assignment } from './assignment.ts'
import { bulk } from './bulk.ts'
import { reminder } from './reminder.ts'

export const flows = [assignment, reminder, bulk]
