import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { HttpGateway } from '../constructs/httpGateway.ts'
import type { AwsStage } from '../stages.ts'

/** Opens the door, once everything is behind it: the limits of the gateway name routes, which must be there. */
export class EntranceStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, gateway, ...props }: StackProps & { stage: AwsStage; gateway: HttpGateway },
  ) {
    super(scope, id, props)
    gateway.open(this, stage)
  }
}
