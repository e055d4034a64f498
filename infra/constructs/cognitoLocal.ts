import { CfnParameter } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { LocalStackStage } from '../stages.ts'
import { grantClient, type Identity } from './identity.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** Names of the stack's parameters; `infra/localstack/deploy.ts` fills them in. */
export const cognitoLocalParameters = { pool: 'UserPoolId', client: 'UserPoolClientId' } as const

/** A pool that already exists in cognito-local, beside LocalStack. */
export class CognitoLocal extends Construct implements Identity {
  readonly userPoolId: string
  readonly clientId: string
  readonly issuer: string
  readonly keysUrl: string

  constructor(scope: Construct, id: string, stage: LocalStackStage) {
    super(scope, id)
    this.userPoolId = parameter(scope, cognitoLocalParameters.pool)
    this.clientId = parameter(scope, cognitoLocalParameters.client)
    this.issuer = `${stage.tokenOrigin}/${this.userPoolId}`
    this.keysUrl = `${stage.identityEndpoint}/${this.userPoolId}/.well-known/jwks.json`
  }

  /** cognito-local checks no permissions. */
  grantUses(fn: LambdaFunction): void {
    grantClient(fn, this)
  }
}

const parameter = (stack: Construct, id: string) =>
  new CfnParameter(stack, id, { description: 'As created in cognito-local' }).valueAsString
