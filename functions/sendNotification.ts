import { onNotices } from '../shared/events/onNotices.ts'
import { notices } from '../shared/world/notices.ts'
import { mails } from '../shared/world/queue.ts'

export const handler = onNotices({ ...notices, mails: mails() })
