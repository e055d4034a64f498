import { randomUUID } from 'node:crypto'
import { onMails } from '../shared/events/onMails.ts'
import { mailer } from '../shared/world/mailer.ts'
import { notices } from '../shared/world/notices.ts'

export const handler = onMails({ ...notices, mailer: mailer(), newClaim: randomUUID })
