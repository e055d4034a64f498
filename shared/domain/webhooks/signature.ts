import { createHmac, randomBytes } from 'node:crypto'

const mark = 'whsec_'
/** Standard Webhooks asks for 24 to 64. */
const secretBytes = 32

/** A new secret as receivers are told it: `whsec_` and 256 random bits in base64. */
export const newSecret = (): string => mark + randomBytes(secretBytes).toString('base64')

interface Signed {
  readonly id: string
  readonly at: string
  readonly body: string
}

const signatureOf = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(mark.length), 'base64'))
    .update(content)
    .digest('base64')}`

/**
 * The headers by which a receiver knows who sent a message and when (Standard Webhooks 1.0.0): one signature for each
 * secret, HMAC-SHA256 over id, Unix seconds and body.
 */
export const signedHeaders = (
  { id, at, body }: Signed,
  secrets: readonly string[],
): Record<string, string> => {
  const timestamp = String(Math.floor(Date.parse(at) / 1000))
  const content = `${id}.${timestamp}.${body}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureOf(secret, content)).join(' '),
  }
}
