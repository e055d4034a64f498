import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { SocketDeclaration } from '../../shared/api/declaration.ts'
import type { Gateway } from '../constructs/gateway.ts'
import { type Capabilities, grantUses, tellKernel } from '../constructs/grants.ts'
import { type FunctionSettings, LambdaFunction } from '../constructs/lambdaFunction.ts'
import type { LiveGateway } from '../constructs/liveGateway.ts'
import type { AwsStage } from '../stages.ts'

interface SocketsProps extends StackProps {
  readonly stage: AwsStage
  readonly sockets: readonly SocketDeclaration[]
  readonly settings: FunctionSettings
  readonly gateway: Gateway
  readonly live: LiveGateway
  readonly capabilities: Capabilities
}

/** What answers on live connections. */
export class SocketsStack extends Stack {
  constructor(scope: Construct, id: string, { stage, sockets, live, settings, ...props }: SocketsProps) {
    super(scope, id, props)
    const { gateway, capabilities } = props
    for (const socket of sockets) {
      const fn = new LambdaFunction(this, { ...socket, settings })
      tellKernel(fn, { gateway, stage, identity: capabilities.identity })
      grantUses(fn, socket.uses, capabilities)
      live.addRoute(socket, fn)
    }
    live.open(this, stage)
  }
}
