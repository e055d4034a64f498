import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What the suite asks of the emulated cloud, one probe each. An e2e test that needs one of these names it, and is
 * skipped by name where the verdict is not `works`.
 */
export const capabilities = {
  'table-ttl': 'CloudFormation sets the time-to-live attribute of a table',
  'table-index': 'a query of a secondary index returns its projection in order',
  'table-index-range': 'an index is read up to a key, and an item leaves it with its index attributes',
  'table-transaction-reasons': 'a refused transaction says which item failed and why',
  'table-condition-image': 'a refused conditional write returns the item that refused it',
  'table-capacity': 'replies carry the consumed capacity, indexes apart',
  'stream-images': 'stream records carry the old and the new image',
  'stream-consumer': 'the stream of a table invokes its function',
  'stream-partial-batch': 'a stream record reported as failed is delivered again',
  'stream-bisect': 'a poison record is cut out of its batch and the rest goes on',
  'stream-on-failure': 'a stream record that failed for good is described in the destination queue',
  'readers-two': 'two functions read one stream, each of them all of it in order',
  'readers-filter': 'a filter by prefixes of the sort key decides which records a function gets',
  'queue-consumer': 'a message invokes the function of its queue',
  'queue-partial-batch': 'of a batch only the message reported as failed is delivered again',
  'queue-redrive': 'a message received too often moves to the dead-letter queue',
  'queue-delay': 'a message sent with a delay is delivered after it, not before',
  'schedule-rate': 'a rule with rate(1 minute) invokes its function',
  'schedule-day': 'rules with rate(1 day) and with cron are made, and do not invoke at once',
  'mail-send': 'SES takes a raw MIME message',
  'mail-read': 'a sent mail can be read back with recipient, subject, text and HTML',
  'mail-events': 'bounces and complaints reach a rule of the event bus, with the tags of the mail',
  'files-upload': 'S3 takes a presigned upload of exactly the signed length and type, once',
  'files-copy': 'S3 copies an object with metadata of its own, if it is still the one that was checked',
  'files-download': 'S3 serves a presigned download under the type and name that were signed, and no others',
  'files-origin': 'a CloudFront distribution passes signed addresses on and adds its headers',
  'http-routes': 'routes of an HTTP API invoke their functions with path parameters',
  'http-payload-1': 'functions get the 1.0 event and their 1.0 reply is honoured',
  'http-default-route': 'an unknown path reaches the function of $default',
  'http-cors': 'the HTTP API answers preflights from its CORS configuration',
  'http-preflight': 'without CORS configuration a preflight reaches the function of $default',
  'http-throttling': 'the default stage keeps its throttling limits',
  'http-cookies': 'several cookies of one reply arrive as several headers',
  'http-binary': 'bodies that are not text arrive and leave intact',
  'http-failure': 'a function that throws answers 500 without detail',
  'live-connect': 'a WebSocket opens with the subprotocol that $connect chose of those offered',
  'live-refusal': 'a $connect that answers 401 refuses the upgrade with that status',
  'live-message': 'a message reaches the function of $default under its connection id',
  'live-answer': 'what a function answers to a message goes back, if its route has a response',
  'live-at-once': 'messages of one connection are handled at once, not one after the other',
  'live-endpoint': 'a function pushes over a connection through the endpoint it is told',
  'live-push': 'PostToConnection reaches the client',
  'live-close': 'DeleteConnection closes the socket, and $disconnect is told',
  'live-gone': 'PostToConnection to a closed connection answers 410',
  'function-runtime': 'nodejs24.x on arm64 is accepted and Node 24 runs',
  'function-invoke': 'a function of a stack is invoked by its name with an event of ours',
  'function-module': 'a handler in index.mjs is loaded',
  'function-endpoint': 'functions find the emulator by AWS_ENDPOINT_URL, with credentials and region',
  'function-grants': 'a function may do what its role allows and nothing else',
  'function-https': 'a function reaches an AWS service through node:https',
  'stack-custom-resource':
    'a function-backed resource is created and deleted, and its attributes can be used',
  'stack-delete': 'DeleteStack takes an ARN, and the resources are gone',
  'identity-sign-up': 'sign-up, confirmation by the mailed code, and sign-in by password',
  'identity-wrong-code': 'a wrong confirmation code is refused',
  'identity-wrong-password': 'a wrong password is refused as NotAuthorizedException',
  'identity-resend': 'the confirmation code can be sent again',
  'identity-admin-get': 'AdminGetUser tells the attributes and the state of an account',
  'identity-mfa': 'a code of an authenticator is asked for at sign-in, and is good once',
  'identity-change-password': 'a changed password replaces the old one',
  'identity-forgot-password': 'a forgotten password is reset by the mailed code, not by another',
  'identity-refresh': 'refreshed access tokens keep origin_jti and auth_time',
  'identity-revoke': 'a revoked refresh token is refused',
  'identity-sign-out-everywhere': 'GlobalSignOut ends the refresh tokens of all devices',
  'identity-keys': 'access tokens verify against the published key set',
} as const

export type Capability = keyof typeof capabilities

/** What the pinned emulator is known to lack. Anything else that is off fails the run: its tests were not made. */
export const knownLacks: readonly Capability[] = [
  'table-ttl',
  'stream-bisect',
  'stream-on-failure',
  'files-origin',
  'http-cors',
  'http-throttling',
  'live-at-once',
  'identity-admin-get',
  'identity-mfa',
  'identity-refresh',
]

/** `differs`: there, but not as on AWS; `missing`: not there at all. Only `works` lets dependent tests run. */
export type Verdict = 'works' | 'differs' | 'missing'
export interface Finding {
  readonly name: Capability
  readonly verdict: Verdict
  /** What was seen, in a few words. */
  readonly detail: string
}

/** Environment variable by which the e2e run learns the path of the findings, a JSON array of `Finding`. */
export const findingsVariable = 'DUELY_CAPABILITIES'

export function writeFindings(path: string, findings: readonly Finding[]): void {
  writeFileSync(path, `${JSON.stringify(findings, null, 2)}\n`)
}

/** The findings written by `writeFindings`; throws when the file is not there. */
export function readFindings(path: string): readonly Finding[] {
  return JSON.parse(readFileSync(path, 'utf8')) as readonly Finding[]
}
