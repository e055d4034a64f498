import type { Secrets } from '../domain/webhooks/ports.ts'
import { seal, unseal } from './seal.ts'

type Whose = Parameters<Secrets['seal']>[0]

/** Bound to the very webhook: sealed for one, a secret opens for no other. */
const contextOf = ({ workspaceId, id }: Whose): string => `secret of webhook ${workspaceId} ${id}`

/** Secrets of webhooks, sealed with the deployment's key: the table alone is of no use to who reads it. */
export const webhookSecretsWith = (key: string): Secrets => ({
  seal: (whose, secret) => seal(key, contextOf(whose), secret),
  open: (whose, sealed) => unseal(key, contextOf(whose), sealed),
})
