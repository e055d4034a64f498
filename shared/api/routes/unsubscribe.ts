import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { nothing } from '../schemas/list.ts'
import { throttles } from '../throttles.ts'

const tag = 'notifications'
const sealed = 'the link in a mail is sealed, and switches off mails of one kind to one person alone'
/** Base64url. */
const params = z.strictObject({ token: z.string().check(z.regex(/^[\w-]{20,400}$/)) })
const page = { status: 200, schema: z.string(), mediaType: 'text/html' } as const

export const getUnsubscribe = route({
  name: 'getUnsubscribe',
  method: 'GET',
  path: '/v1/unsubscribe/{token}',
  summary: 'The page that the link in a mail opens',
  description: 'Asks whether mails of this kind shall stop, and changes nothing.',
  tag,
  access: { kind: 'public', reason: sealed },
  params,
  query: nothing,
  body: undefined,
  reply: page,
  problems: ['not-found'],
  throttle: { none: 'nobody can guess a link, and it touches no data' },
  uses: {},
  budget: { depth: 0, calls: 0, readUnits: 0, writeUnits: 0 },
})

export const unsubscribe = route({
  name: 'unsubscribe',
  method: 'POST',
  path: '/v1/unsubscribe/{token}',
  summary: 'Stop mails of one kind',
  description:
    'One click, without a sign-in (RFC 8058). Whatever the body is, mails of the kind that the link names are switched off in the preferences of its person for its workspace; in the inbox they stand as before.',
  tag,
  access: { kind: 'public', reason: sealed },
  params,
  query: nothing,
  body: undefined,
  reply: page,
  problems: ['not-found'],
  throttle: throttles.link,
  uses: { table: ['BatchGetItem', 'PutItem', 'UpdateItem'] },
  budget: { depth: 4, calls: 4, readUnits: 2, writeUnits: 3 },
})
