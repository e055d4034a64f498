/**
 * Where Duely is deployed: every difference between two deployments stands here and nowhere else.
 * Chosen with `-c stage=<name>`; `-c sender=<address>` replaces the sender of the chosen stage.
 */
import { Annotations } from 'aws-cdk-lib'
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

interface CommonStage {
  readonly name: string
  readonly sender: Sender
  /** Origins besides the product's own that browsers may call the API from. */
  readonly allowedOrigins: readonly string[]
  /** What becomes of table and pool when their stack is deleted. */
  readonly data: 'keep' | 'discard'
  readonly logRetention: RetentionDays
}

export interface AwsStage extends CommonStage {
  readonly profile: 'aws'
  /** Own domain of the API, with a certificate of the same region. */
  readonly domain?: { readonly name: string; readonly certificateArn: string }
  /** Who is told when an alarm goes off. Without it alarms only show in CloudWatch. */
  readonly alarmMail?: string
  /** Requests per second, and how many at once, over the whole API. */
  readonly throttle: { readonly rate: number; readonly burst: number }
}

/** LocalStack's free image: no HTTP API and no Cognito, hence a REST API and cognito-local beside it. */
export interface LocalStackStage extends CommonStage {
  readonly profile: 'localstack'
  /** Where functions reach AWS, seen from inside the compose network. */
  readonly awsEndpoint: string
  /** Where functions reach cognito-local, and the origin it writes into its tokens. */
  readonly identityEndpoint: string
  readonly tokenOrigin: string
  /** Where people reach LocalStack. */
  readonly publicEndpoint: string
}

export type Stage = AwsStage | LocalStackStage

const unsetSender: Sender = { address: 'duely@example.com', verify: 'address', verified: false }

const dev: AwsStage = {
  profile: 'aws',
  name: 'dev',
  sender: unsetSender,
  allowedOrigins: ['http://localhost:3000'],
  data: 'keep',
  logRetention: RetentionDays.TWO_WEEKS,
  throttle: { rate: 100, burst: 200 },
}

const prod: AwsStage = {
  ...dev,
  name: 'prod',
  allowedOrigins: [],
  logRetention: RetentionDays.THREE_MONTHS,
  throttle: { rate: 1000, burst: 2000 },
}

/** Leaves nothing behind: for trying a deployment out, on AWS or an emulator of it. */
const trial: AwsStage = { ...dev, name: 'trial', data: 'discard', logRetention: RetentionDays.ONE_DAY }

const localstack: LocalStackStage = {
  profile: 'localstack',
  name: 'local',
  sender: unsetSender,
  allowedOrigins: ['http://localhost:3000'],
  data: 'discard',
  logRetention: RetentionDays.ONE_DAY,
  awsEndpoint: 'http://localstack:4566',
  identityEndpoint: 'http://cognito:9229',
  tokenOrigin: 'http://localhost:9229',
  publicEndpoint: 'http://localhost:4566',
}

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
  if (typeof address === 'string') return { ...stage, sender: { ...stage.sender, address } }
  if (stage.sender === unsetSender && stage.profile === 'aws') {
    Annotations.of(scope).addWarningV2('duely:sender', 'No mail will arrive: name a sender with -c sender=…')
  }
  return stage
}
