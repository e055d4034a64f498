import type { IdentityUse } from '../../shared/api/declaration.ts'
import { environmentNames } from '../../shared/api/environment.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** Who people are: Cognito's user pool, or what stands in for it. */
export interface Identity {
  readonly userPoolId: string
  readonly clientId: string
  /** `iss` of the access tokens. */
  readonly issuer: string
  /** Where functions fetch public keys that were not shipped with them. */
  readonly keysUrl: string
  /** Lets the function do what it declares at the pool, and tells it pool and client. */
  grantUses(fn: LambdaFunction, uses: readonly IdentityUse[]): void
}

/** Tells the function which pool and client it works with; Cognito's public operations need no permission. */
export function grantClient(fn: LambdaFunction, identity: Identity): void {
  fn.tell({
    [environmentNames.userPool]: identity.userPoolId,
    [environmentNames.userPoolClient]: identity.clientId,
  })
}

/** Tells the function what it needs to verify access tokens: `keys` is the pool's JSON Web Key Set. */
export function grantVerify(fn: LambdaFunction, identity: Identity, keys: string): void {
  grantClient(fn, identity)
  fn.tell({
    [environmentNames.tokenIssuer]: identity.issuer,
    [environmentNames.tokenKeysUrl]: identity.keysUrl,
    [environmentNames.tokenKeys]: keys,
  })
}
