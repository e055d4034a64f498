import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Gateway } from '../constructs/gateway.ts'
import { HttpGateway } from '../constructs/httpGateway.ts'
import { LiveGateway } from '../constructs/liveGateway.ts'
import { RestGateway } from '../constructs/restGateway.ts'
import type { AwsStage, Stage } from '../stages.ts'

/** The door: where requests come in. Routes attach themselves to it. */
export class GatewayStack extends Stack {
  readonly gateway: Gateway
  /** Only on AWS itself. */
  readonly live: LiveGateway | undefined

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props)
    const { stage } = props
    this.gateway = stage.profile === 'aws' ? this.#http(stage) : new RestGateway(this, 'Rest', stage)
    this.live = stage.profile === 'aws' ? new LiveGateway(this, 'Live', stage) : undefined
    new CfnOutput(this, 'ApiUrl', { value: this.gateway.url })
  }

  #http(stage: AwsStage): HttpGateway {
    const gateway = new HttpGateway(this, 'Http', stage)
    new CfnOutput(this, 'HttpApiId', { value: gateway.api.apiId })
    return gateway
  }
}
