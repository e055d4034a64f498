import { randomBytes } from 'node:crypto'
import type { ResourceRequest } from './cloudFormationReply.ts'
import { emptyBucket } from './emptyBucket.ts'

type Properties = ResourceRequest['ResourceProperties']

/** What is known only once the deployment runs, by the name in the property `Fact`. */
const makers: Readonly<Record<string, (properties: Properties) => Promise<string>>> = {
  /** Key that signs cursors: 32 random bytes, base64url. */
  cursorKey: async () => randomBytes(32).toString('base64url'),
  /** The pool's public keys, a JSON Web Key Set (RFC 7517). */
  tokenKeys: async ({ UserPoolId = '' }) => fetchKeys(keysUrl(UserPoolId)),
  /** That the bucket goes with its stack; see `unmakeFact`. */
  passingBucket: async () => 'passing',
}

/** What there is to do before a fact goes, for the few of which something is left. */
const unmakers: Readonly<Record<string, () => Promise<void>>> = { passingBucket: emptyBucket }

/** @throws when what was left cannot be removed. */
export const unmakeFact = async ({ Fact = '' }: Properties): Promise<void> => unmakers[Fact]?.()

/**
 * Makes the fact that the properties ask for.
 * @throws when there is no such fact, or the keys cannot be had.
 */
export async function makeFact(properties: Properties): Promise<string> {
  const maker = makers[properties.Fact ?? '']
  if (!maker) throw new Error(`There is no fact "${properties.Fact}"`)
  return maker(properties)
}

/** Where the pool's keys are, honouring the endpoint variables of the AWS SDKs. */
function keysUrl(userPoolId: string): string {
  const { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER, AWS_ENDPOINT_URL, AWS_REGION } = process.env
  // An empty variable means the same as none.
  const endpoint = AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER || AWS_ENDPOINT_URL
  return `${endpoint || `https://cognito-idp.${AWS_REGION}.amazonaws.com`}/${userPoolId}/.well-known/jwks.json`
}

async function fetchKeys(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`No keys at ${url}: HTTP ${response.status}`)
  const { keys }: { keys?: unknown } = JSON.parse(await response.text())
  if (!Array.isArray(keys) || keys.length === 0) throw new Error(`No keys in the answer of ${url}`)
  return JSON.stringify({ keys })
}
