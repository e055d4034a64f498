import { Construct } from 'constructs'
import type { LocalStackStage } from '../stages.ts'
import { grantClient, type Identity } from './identity.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** The user pool that runs beside LocalStack; it is there before anything is deployed. */
export class LocalPool extends Construct implements Identity {
  readonly userPoolId: string
  readonly clientId: string
  readonly issuer: string
  readonly keysUrl: string

  constructor(scope: Construct, id: string, { pool, identityEndpoint }: LocalStackStage) {
    super(scope, id)
    this.userPoolId = pool.userPoolId
    this.clientId = pool.clientId
    this.issuer = pool.issuer
    this.keysUrl = `${identityEndpoint}/${pool.userPoolId}/.well-known/jwks.json`
  }

  /** The local pool checks no permissions. */
  grantUses(fn: LambdaFunction): void {
    grantClient(fn, this)
  }
}
