/** Headers of every answer: nothing of an API may be framed, sniffed, cached by default or told to others. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  vary: 'Origin, Accept-Language',
}

const exposed = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'

/** Origins that may call from a browser: our own and those of the one setting. No wildcard, ever. */
export const corsHeaders = (
  origin: string | undefined,
  allowed: readonly string[],
): Record<string, string> => {
  if (origin === undefined || !allowed.includes(origin)) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': exposed,
    'cross-origin-resource-policy': 'cross-origin',
  }
}

/** Further headers of the answer to a preflight. */
export const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers':
    'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Accept-Language',
  'access-control-max-age': '600',
})
