import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import * as cognito from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import type { IdentityUse } from '../../shared/api/declaration.ts'
import { minimumPasswordLength } from '../../shared/domain/account/password.ts'
import { acknowledge } from '../acknowledge.ts'
import type { AwsStage } from '../stages.ts'
import { grantClient, type Identity } from './identity.ts'
import type { LambdaFunction } from './lambdaFunction.ts'
import { senderIdentityArn } from './mailSender.ts'

/** The Cognito user pool with its one public client. */
export class PeoplePool extends Construct implements Identity {
  readonly userPoolId: string
  readonly clientId: string
  readonly issuer: string
  readonly keysUrl: string
  readonly #arn: string

  constructor(scope: Construct, id: string, stage: AwsStage) {
    super(scope, id)
    const pool = new cognito.UserPool(this, 'UserPool', poolProps(stage))
    const client = pool.addClient('Client', clientProps)
    if (stage.sender.verified) sendCodesFrom(pool, stage)
    acknowledgePool(pool)
    this.userPoolId = pool.userPoolId
    this.clientId = client.userPoolClientId
    this.#arn = pool.userPoolArn
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${this.userPoolId}`
    this.keysUrl = `${this.issuer}/.well-known/jwks.json`
  }

  grantUses(fn: LambdaFunction, uses: readonly IdentityUse[]): void {
    if (uses.length > 0)
      fn.allow(
        uses.map((use) => `cognito-idp:${use}`),
        [this.#arn],
      )
    grantClient(fn, this)
  }
}

const poolProps = (stage: AwsStage): cognito.UserPoolProps => ({
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  signInCaseSensitive: false,
  autoVerify: { email: true },
  // A new address counts only after its code came back; until then the old one stays.
  keepOriginal: { email: true },
  standardAttributes: { email: { required: true, mutable: true } },
  // Length instead of composition rules, as NIST SP 800-63B section 5.1.1.2 asks.
  passwordPolicy: {
    minLength: minimumPasswordLength,
    requireDigits: false,
    requireLowercase: false,
    requireSymbols: false,
    requireUppercase: false,
  },
  mfa: cognito.Mfa.OPTIONAL,
  mfaSecondFactor: { otp: true, sms: false },
  accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
  featurePlan: cognito.FeaturePlan.ESSENTIALS,
  deletionProtection: stage.data === 'keep',
  removalPolicy: stage.data === 'keep' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
})

/** Browsers and programs sign in through the API, hence no secret and no hosted pages. */
const clientProps: cognito.UserPoolClientOptions = {
  generateSecret: false,
  authFlows: { userPassword: true, userSrp: true },
  disableOAuth: true,
  preventUserExistenceErrors: true,
  enableTokenRevocation: true,
  accessTokenValidity: Duration.minutes(15),
  idTokenValidity: Duration.minutes(15),
  refreshTokenValidity: Duration.days(30),
}

function sendCodesFrom(pool: cognito.UserPool, { sender }: AwsStage): void {
  const resource = pool.node.defaultChild as cognito.CfnUserPool
  resource.emailConfiguration = {
    emailSendingAccount: 'DEVELOPER',
    from: `Duely <${sender.address}>`,
    sourceArn: senderIdentityArn(pool, sender),
  }
}

function acknowledgePool(pool: cognito.UserPool): void {
  acknowledge(
    pool,
    'AwsSolutions-COG1',
    'Twelve characters of any kind: NIST SP 800-63B advises against composition rules',
  )
  acknowledge(
    pool,
    'AwsSolutions-COG2',
    'A second factor is each person’s choice: the team may have no devices',
  )
  acknowledge(
    pool,
    'AwsSolutions-COG8',
    'The Plus plan bills each active person; sign-in is throttled anyway',
  )
}
