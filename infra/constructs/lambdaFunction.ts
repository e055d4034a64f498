import { AssetHashType, Duration, RemovalPolicy } from 'aws-cdk-lib'
import { type Conditions, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as Lambda, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import { hashOf } from '../bundle/hashes.ts'

/** What all functions of a deployment share. */
export interface FunctionSettings {
  readonly logRetention: RetentionDays
  /** Folder that holds one folder per function, each with `index.mjs`. */
  readonly bundles: string
  /** Variables of every function, such as an emulator's endpoints. */
  readonly environment: Readonly<Record<string, string>>
}

export interface FunctionProps {
  readonly name: string
  readonly summary: string
  readonly timeoutSeconds: number
  readonly memoryMb?: number
  readonly settings: FunctionSettings
  /** Where events go that fail for good. Only asynchronous invocations can have one. */
  readonly deadLetters?: IQueue
  /** It sends itself messages on purpose. AWS would otherwise end such a chain at about its sixteenth message. */
  readonly mayRecur?: boolean
}

/** The bundle. Its code caches differ in every build, so the build's own fingerprint says what has changed. */
function codeOf({ name, settings: { bundles } }: FunctionProps): Code {
  const assetHash = hashOf(bundles, name)
  return Code.fromAsset(`${bundles}/${name}`, {
    ...(assetHash && { assetHash, assetHashType: AssetHashType.CUSTOM }),
  })
}

/**
 * A Lambda with its own log group and its own role, which at first may write to that log group and
 * nothing else. Physical names are left to CloudFormation, so that a function can move between stacks.
 */
export class LambdaFunction extends Construct {
  readonly lambda: Lambda
  readonly #policy = new PolicyDocument()

  constructor(scope: Construct, props: FunctionProps) {
    super(scope, props.name)
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.settings.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.lambda = new Lambda(this, 'Function', {
      description: props.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds),
      code: codeOf(props),
      handler: 'index.handler',
      environment: { ...props.settings.environment },
      logGroup,
      role: this.#role(),
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
      ...(props.mayRecur && { recursiveLoop: RecursiveLoop.ALLOW }),
    })
    // A log group's ARN ends with its streams.
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn])
    if (props.deadLetters) this.allow(['sqs:SendMessage'], [props.deadLetters.queueArn])
    this.#acknowledgeTracing()
  }

  /** Lets the function do these actions on these resources. */
  allow(actions: string[], resources: string[], conditions?: Conditions): void {
    this.#policy.addStatements(new PolicyStatement({ actions, resources, ...(conditions && { conditions }) }))
  }

  /** Gives the function environment variables. */
  tell(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) this.lambda.addEnvironment(name, value)
  }

  // The inline document is rendered last, hence takes what is granted later; CDK itself may add nothing.
  #role() {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { own: this.#policy },
    })
    return role.withoutPolicyUpdates()
  }

  #acknowledgeTracing() {
    acknowledge(
      this,
      'Serverless-LambdaTracing',
      'X-Ray needs a grant on all resources and bills per trace; the log line of a request has its durations',
    )
  }
}
