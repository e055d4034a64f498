import { assignment } from './assignment.ts'
import { bulk } from './bulk.ts'
import { digest } from './digest.ts'
import { due } from './due.ts'
import { mention } from './mention.ts'
import { reminder } from './reminder.ts'
import { waiting } from './waiting.ts'
import { webhook } from './webhook.ts'

export const flows = [assignment, mention, reminder, due, digest, bulk, waiting, webhook]
