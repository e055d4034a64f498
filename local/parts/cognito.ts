import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createCodeMail } from './cognito/codeMail.ts'
import { isCognitoError } from './cognito/errors.ts'
import { createOperations } from './cognito/operations.ts'
import { clientId, type Json, type Operation, openPool, userPoolId } from './cognito/pool.ts'
import { checkAccessToken, checkNewPassword, withLowerCaseAddress } from './cognito/requestChecks.ts'
import { openSigningKey, type SigningKey } from './cognito/signingKey.ts'
import { createTokens } from './cognito/tokens.ts'
import { closeServer, listenOnLoopback } from './listen.ts'
import { localRegion, type Part } from './part.ts'

export interface CognitoOptions {
  readonly dataDir: string
  /** Where codes are mailed through, and from which address. */
  readonly sesEndpoint: string
  readonly mailSender: string
  /** Epoch milliseconds; for tests of expiry. */
  readonly now?: () => number
}

export interface CognitoPart extends Part {
  readonly userPoolId: string
  readonly clientId: string
  /** `iss` of the tokens. It names no port, so tokens stay valid across restarts. */
  readonly issuer: string
  readonly keySet: SigningKey['keySet']
  readonly keySetUrl: string
}

/**
 * Starts a Cognito user pool: cognito-local's operations behind a door that makes them answer as AWS does.
 * Passwords lie in the data directory in clear text, as cognito-local keeps them: for a laptop only.
 */
export async function startCognito(options: CognitoOptions): Promise<CognitoPart> {
  const now = options.now ?? Date.now
  const directory = join(options.dataDir, 'cognito')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const issuer = `https://cognito-idp.${localRegion}.localhost/${userPoolId}`
  const key = openSigningKey(join(directory, 'signing-key.pem'))
  const tokens = createTokens(key, issuer, now)
  const mail = createCodeMail(options.sesEndpoint, options.mailSender)
  const pool = await openPool(directory, tokens, mail)
  const operations = createOperations(pool, tokens, now)
  const call = async (operation: string, raw: Json): Promise<Json> => {
    const request = withLowerCaseAddress(raw)
    checkNewPassword(operation, request)
    await checkAccessToken(pool, key, request, now())
    const ours: Operation | undefined = Object.hasOwn(operations, operation)
      ? operations[operation]
      : undefined
    return ours === undefined ? pool.run(operation, request) : ours(request)
  }
  const server = createServer((request, response) => void answer(request, response, call, key))
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const keySetUrl = `${endpoint}/${userPoolId}/.well-known/jwks.json`
  const close = async () => {
    await closeServer(server)
    mail.close()
  }
  return { endpoint, userPoolId, clientId, issuer, keySet: key.keySet, keySetUrl, close }
}

type Call = (operation: string, request: Json) => Promise<Json>

/** Speaks AWS JSON 1.1: the operation in `x-amz-target`, errors as `__type` and `message` with status 400. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  call: Call,
  key: SigningKey,
): Promise<void> {
  if (request.method === 'GET') {
    const isKeySet = request.url === `/${userPoolId}/.well-known/jwks.json`
    return isKeySet ? reply(response, 200, key.keySet) : reply(response, 404, {})
  }
  try {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const body = JSON.parse(await text(request)) as Json
    reply(response, 200, await call(operation, body))
  } catch (error) {
    const known = isCognitoError(error)
    const type = known ? error.code : 'InternalErrorException'
    reply(response, known ? 400 : 500, { __type: type, message: (error as Error).message })
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
  response.end(JSON.stringify(body, datesAsSeconds))
}

function datesAsSeconds(this: Json, key: string, value: unknown): unknown {
  const original = this[key]
  return original instanceof Date ? Math.floor(original.getTime() / 1000) : value
}
