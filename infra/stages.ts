/**
 * Where Duely is deployed: every difference between two deployments stands here and nowhere else.
 * Chosen with `-c stage=<name>`; `-c sender=<address>` replaces the sender of the chosen stage.
 */
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

export interface Sender {
  /** Address that mails are sent from. */
  readonly address: string
  /** What SES verifies: the one address (a link in a mail), or its whole domain (DKIM records in the DNS). */
  readonly verify: 'address' | 'domain'
  /** Set once SES shows the sender as verified: from then on Cognito's codes are sent from it, too. */
  readonly verified: boolean
}

/** Requests per second, and how many at once: everybody's together. */
export interface GatewayThrottle {
  readonly rate: number
  readonly burst: number
}

interface CommonStage {
  readonly name: string
  readonly sender: Sender
  /** Origins besides the product's own that browsers may call the API from. */
  readonly allowedOrigins: readonly string[]
  /** What becomes of table and pool when their stack is deleted. */
  readonly data: 'keep' | 'discard'
  readonly logRetention: RetentionDays
  /** Over the whole API. */
  readonly throttle: GatewayThrottle
  /** Of each route that asks Cognito for callers without a session; Cognito takes some 50 to 120 of a kind a second. */
  readonly identityThrottle: GatewayThrottle
  /**
   * How many times the attempts that routes declare by network address are let through: above 1 where a whole company
   * signs in from behind one address.
   */
  readonly addressFactor: number
}

export interface AwsStage extends CommonStage {
  readonly profile: 'aws'
  /** Own domain of the API, with a certificate of the same region. */
  readonly domain?: { readonly name: string; readonly certificateArn: string }
  /** Who is told when an alarm goes off. Without it alarms only show in CloudWatch. */
  readonly alarmMail?: string
}

/** LocalStack's free image: no HTTP API and no Cognito, hence a REST API and a local user pool beside it. */
export interface LocalStackStage extends CommonStage {
  readonly profile: 'localstack'
  /** Where functions reach AWS, seen from inside the compose network. */
  readonly awsEndpoint: string
  /** Where functions reach the local user pool. */
  readonly identityEndpoint: string
  /** The local user pool is the same for everybody; a test compares this with the pool itself. */
  readonly pool: { readonly userPoolId: string; readonly clientId: string; readonly issuer: string }
  /** LocalStack keeps regions apart, and the pool sends its mails from this one. */
  readonly region: string
  /** Where people reach LocalStack. */
  readonly publicEndpoint: string
  /** LocalStack gives an API the id it is asked for, so that its address is known beforehand. */
  readonly api: { readonly id: string; readonly stage: string }
}

export type Stage = AwsStage | LocalStackStage

/** An address that RFC 2606 reserves: nothing is ever delivered from it. */
export const unsetSender: Sender = { address: 'duely@example.com', verify: 'address', verified: false }

const dev: AwsStage = {
  profile: 'aws',
  name: 'dev',
  sender: unsetSender,
  allowedOrigins: ['http://localhost:3000'],
  data: 'keep',
  logRetention: RetentionDays.TWO_WEEKS,
  throttle: { rate: 100, burst: 200 },
  identityThrottle: { rate: 10, burst: 20 },
  addressFactor: 1,
}

const prod: AwsStage = {
  ...dev,
  name: 'prod',
  allowedOrigins: [],
  logRetention: RetentionDays.THREE_MONTHS,
  throttle: { rate: 1000, burst: 2000 },
  identityThrottle: { rate: 40, burst: 80 },
}

/** Leaves nothing behind: for trying a deployment out, on AWS or an emulator of it, with many accounts from one address. */
const trial: AwsStage = {
  ...dev,
  name: 'trial',
  data: 'discard',
  logRetention: RetentionDays.ONE_DAY,
  identityThrottle: dev.throttle,
  addressFactor: 100,
}

const localstack: LocalStackStage = {
  profile: 'localstack',
  name: 'local',
  sender: unsetSender,
  allowedOrigins: ['http://localhost:3000'],
  data: 'discard',
  logRetention: RetentionDays.ONE_DAY,
  throttle: dev.throttle,
  identityThrottle: dev.throttle,
  // Everybody comes from the container network's own gateway.
  addressFactor: 100,
  awsEndpoint: 'http://localstack:4566',
  identityEndpoint: 'http://cognito:9229',
  pool: {
    userPoolId: 'eu-central-1_DuelyLoca',
    clientId: 'duely0local0app0client0001',
    issuer: 'https://cognito-idp.eu-central-1.localhost/eu-central-1_DuelyLoca',
  },
  region: 'eu-central-1',
  publicEndpoint: 'http://localhost:4566',
  api: { id: 'duely', stage: 'local' },
}

/** Under which address people reach the API on LocalStack. */
export const localStackUrl = ({ publicEndpoint, api }: LocalStackStage): string =>
  `${publicEndpoint}/_aws/execute-api/${api.id}/${api.stage}`

export const stages = { dev, prod, trial, localstack } as const satisfies Record<string, Stage>

const isStageName = (name: string): name is keyof typeof stages => Object.hasOwn(stages, name)

/**
 * The stage that context (`-c stage=…`, `-c profile=localstack`) or environment (`DUELY_STAGE`) asks for.
 * @throws when there is no stage of that name; the message lists the names.
 */
export function chooseStage(scope: Construct): Stage {
  const asked = scope.node.tryGetContext('profile') === 'localstack' ? 'localstack' : undefined
  const name = String(asked ?? scope.node.tryGetContext('stage') ?? process.env.DUELY_STAGE ?? 'dev')
  if (!isStageName(name)) {
    throw new Error(`No stage "${name}" in infra/stages.ts; there are: ${Object.keys(stages).join(', ')}`)
  }
  return withSender(stages[name], scope)
}

function withSender(stage: Stage, scope: Construct): Stage {
  const address: unknown = scope.node.tryGetContext('sender') ?? process.env.DUELY_SENDER
  return typeof address === 'string' ? { ...stage, sender: { ...stage.sender, address } } : stage
}
