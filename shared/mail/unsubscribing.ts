import { readUnsubscribeToken } from './unsubscribe.ts'
import { unsubscribePage } from './unsubscribePage.ts'

/** The links that stop mails, sealed under a deployment's key, and the pages they open. */
export const linksWith = (key: string) => ({
  read: (token: string) => readUnsubscribeToken(key, token),
  page: unsubscribePage,
})
