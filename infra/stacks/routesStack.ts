import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { environmentNames } from '../../shared/api/environment.ts'
import { limitsOf } from '../../shared/api/throttles.ts'
import { type Gateway, httpTimeoutSeconds } from '../constructs/gateway.ts'
import { type Capabilities, grantUses, tellKernel } from '../constructs/grants.ts'
import type { Identity } from '../constructs/identity.ts'
import { type FunctionSettings, LambdaFunction } from '../constructs/lambdaFunction.ts'
import type { Declared, DeployedRoute } from '../declared.ts'
import type { Stage } from '../stages.ts'

interface RoutesProps extends StackProps {
  readonly stage: Stage
  readonly routes: readonly DeployedRoute[]
  readonly settings: FunctionSettings
  readonly gateway: Gateway
  readonly capabilities: Capabilities
}

/** CloudFormation takes 500 resources a stack, and a route needs six. */
const routesPerStack = 70

/** The functions of one group of routes. */
export class RoutesStack extends Stack {
  constructor(scope: Construct, id: string, props: RoutesProps) {
    super(scope, id, props)
    const { routes } = props
    if (routes.length > routesPerStack) {
      throw new Error(
        `${id}: ${routes.length} routes share a tag, ${routesPerStack} fit; give some another tag`,
      )
    }
    for (const route of routes) this.#deploy(route, props)
  }

  #deploy(route: DeployedRoute, { stage, settings, gateway, capabilities }: RoutesProps) {
    const fn = new LambdaFunction(this, { ...route, timeoutSeconds: httpTimeoutSeconds, settings })
    tellKernel(fn, { gateway, stage, identity: capabilities.identity })
    grantUses(fn, route.uses, capabilities)
    if (limitsOf(route)) fn.tell({ [environmentNames.addressFactor]: String(stage.addressFactor) })
    gateway.addRoute(route, fn)
  }
}

/** Answers what no route matches. */
export class FallbackStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: Omit<RoutesProps, 'routes' | 'capabilities'> & Pick<Declared, 'fallback'> & { identity: Identity },
  ) {
    super(scope, id, props)
    const fn = new LambdaFunction(this, {
      name: props.fallback.name,
      summary: 'Answers 404, 405 and CORS preflights where no route matches',
      timeoutSeconds: httpTimeoutSeconds,
      settings: props.settings,
    })
    tellKernel(fn, props)
    props.gateway.addFallback(fn)
  }
}
