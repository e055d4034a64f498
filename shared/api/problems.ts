/** Every problem the API may answer (RFC 9457): the code ends its `type` URI and never changes its meaning. */
export const problems = {
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request has invalid fields' },
  'invalid-cursor': { status: 400, title: 'The cursor does not belong to this query' },
  'invalid-code': { status: 400, title: 'The code is wrong or has expired' },
  'invalid-password': { status: 400, title: 'The new password does not meet the policy' },
  unauthenticated: { status: 401, title: 'A valid access token of a live session is needed' },
  'wrong-credentials': { status: 401, title: 'The address or the password is wrong' },
  'mfa-required': { status: 401, title: 'A code of your authenticator app is needed as well' },
  'cross-site': { status: 403, title: 'This route takes requests from its own origin only' },
  'insufficient-scope': { status: 403, title: 'The token was not given the scope for this' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This path has no such method' },
  conflict: { status: 409, title: 'The change contradicts the present state' },
  'in-progress': { status: 409, title: 'The same request is still running' },
  gone: { status: 410, title: 'What was asked for is no longer kept' },
  'precondition-failed': { status: 412, title: 'Somebody else has changed the same fields' },
  'body-too-large': { status: 413, title: 'The body is larger than 256 KB' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'upload-missing': { status: 409, title: 'The file has not been uploaded' },
  'upload-mismatch': { status: 422, title: 'The uploaded file is not what was declared' },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key was used with another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'A part this needs does not answer; try again' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** Problems any route may answer; a declaration lists only what comes on top. */
export const commonProblems: readonly ProblemCode[] = [
  'invalid-request',
  'too-many-requests',
  'internal',
  'unavailable',
]
export const bodyProblems: readonly ProblemCode[] = [
  'malformed-json',
  'body-too-large',
  'unsupported-media-type',
]
