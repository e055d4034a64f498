import type { IncomingMessage } from 'node:http'
import { uploadCors } from '../../../shared/api/files.ts'

type Headers = Readonly<Record<string, string>>

const has = (list: readonly string[], value: string): boolean => list.includes(value)

/** Headers of an answer to a page of an allowed origin; none for others, whose browser then refuses it. */
export const corsHeaders = ({ headers: { origin } }: IncomingMessage, allowed: readonly string[]): Headers =>
  origin !== undefined && has(allowed, origin)
    ? { 'access-control-allow-origin': origin, vary: 'origin' }
    : { vary: 'origin' }

/** The answer to a preflight, by the rule that the bucket has on AWS: `undefined` means refused. */
export const preflight = (message: IncomingMessage, allowed: readonly string[]): Headers | undefined => {
  const { origin = '', ...rest } = message.headers
  const method = rest['access-control-request-method'] ?? ''
  const asked = (rest['access-control-request-headers'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
  const isAllowed =
    has(allowed, origin) &&
    has(uploadCors.methods, method) &&
    asked.every((name) => name === '' || has(uploadCors.headers, name))
  if (!isAllowed) return undefined
  return {
    ...corsHeaders(message, allowed),
    'access-control-allow-methods': uploadCors.methods.join(', '),
    'access-control-allow-headers': uploadCors.headers.join(', '),
    'access-control-max-age': String(uploadCors.maxAgeSeconds),
  }
}
