import type { APIGatewayProxyResult } from 'aws-lambda'
import type { Language } from '../api/languages.ts'
import { type ProblemCode, problems } from '../api/problems.ts'
import { Failure } from '../domain/failure.ts'

/** RFC 9110 wants a challenge with every 401 (RFC 6750 gives its form). */
const challenge: Partial<Record<ProblemCode, Record<string, string>>> = {
  unauthenticated: { 'www-authenticate': 'Bearer' },
  'wrong-credentials': { 'www-authenticate': 'Bearer' },
  'mfa-required': { 'www-authenticate': 'Bearer' },
  'in-progress': { 'retry-after': '1' },
  unavailable: { 'retry-after': '2' },
  // Of a service that does not say for how long.
  'too-many-requests': { 'retry-after': '30' },
}

/** A token that is good but not for this is told which scope would do. */
const challengeOf = ({ code, extra }: Failure): Record<string, string> | undefined =>
  code === 'insufficient-scope'
    ? { 'www-authenticate': `Bearer error="insufficient_scope", scope="${extra.scope}"` }
    : challenge[code]

/** Services that did not answer in time, by the names the SDK gives; worth another try. */
const transient =
  /^(TimeoutError|ProvisionedThroughputExceededException|ThrottlingException|RequestLimitExceeded|ServiceUnavailable|InternalServerError|TransactionInProgressException|TransactionConflictException)$/

/** A refusal as it is; a surprise without a word about what went wrong. */
export const asFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error
  const name = error instanceof Error ? error.name : ''
  return new Failure(transient.test(name) ? 'unavailable' : 'internal')
}

/** RFC 9457 document. `errors[].pointer` is a JSON Pointer into the body, `?name` or a header's name. */
export const problemReply = (
  failure: Failure,
  requestId: string,
  { language, title }: { readonly language: Language; readonly title: string },
): APIGatewayProxyResult => {
  const { code, message, errors, extra, retryAfterSeconds } = failure
  const document = {
    type: `urn:duely:problem:${code}`,
    title,
    status: problems[code].status,
    ...(message !== '' && { detail: message }),
    ...(errors.length > 0 && { errors }),
    ...extra,
    requestId,
  }
  return {
    statusCode: problems[code].status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      ...challengeOf(failure),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(document),
  }
}
