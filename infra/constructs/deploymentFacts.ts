import { rmSync } from 'node:fs'
import { CustomResource, RemovalPolicy } from 'aws-cdk-lib'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import { bundleDeploymentFunction, deploymentFunction } from '../deployment/bundle.ts'
import type { Stage } from '../stages.ts'
import type { Identity } from './identity.ts'
import { type FunctionSettings, LambdaFunction } from './lambdaFunction.ts'

export type Fact = 'cursorKey' | 'tokenKeys'

const parameterName = (stage: Stage, fact: Fact) => `/duely/${stage.name}/${fact}`

/**
 * A fact of the deployment, read by CloudFormation when it deploys the stack that uses it. A reference, so
 * that the value is in no template; not an export, since `cdk deploy` prints those.
 */
export const factReference = (stage: Stage, fact: Fact): string =>
  `{{resolve:ssm:${parameterName(stage, fact)}}}`

/**
 * What must not be in a template or cannot be known at synthesis: made while deploying, kept as parameters.
 * A fact is made anew only when its properties change, hence stays the same through ordinary updates.
 */
export class DeploymentFacts extends Construct {
  readonly #stage: Stage
  readonly #fn: LambdaFunction

  constructor(
    scope: Construct,
    id: string,
    stage: Stage,
    parts: { identity: Identity; settings: FunctionSettings },
  ) {
    super(scope, id)
    this.#stage = stage
    const bundles = bundleDeploymentFunction()
    this.#fn = new LambdaFunction(this, {
      name: deploymentFunction,
      summary: 'Makes what is known only at deployment: cursor key, public keys of the user pool',
      timeoutSeconds: 60,
      settings: { ...parts.settings, bundles },
    })
    // By now the assembly has its copy.
    rmSync(bundles, { recursive: true })
    acknowledge(
      this.#fn.lambda,
      'Serverless-LambdaDLQ',
      'CloudFormation waits for the answer and shows a failure itself',
    )
    this.#make('cursorKey', {})
    this.#make('tokenKeys', { UserPoolId: parts.identity.userPoolId })
  }

  #make(fact: Fact, properties: Record<string, string>) {
    const made = new CustomResource(this, fact, {
      resourceType: 'Custom::DeploymentFact',
      serviceToken: this.#fn.lambda.functionArn,
      properties: { Fact: fact, ...properties },
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new StringParameter(this, `${fact}Parameter`, {
      parameterName: parameterName(this.#stage, fact),
      stringValue: made.getAttString('Value'),
    })
  }
}
