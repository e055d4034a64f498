import type { DeployedRoute } from '../declared.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** Brings HTTP requests to functions, as proxy events of payload format 1.0. */
export interface Gateway {
  /** Origin and base path under which people reach the API, without a trailing slash. */
  readonly url: string
  addRoute(route: DeployedRoute, fn: LambdaFunction): void
  /** Takes whatever no route matches. */
  addFallback(fn: LambdaFunction): void
}

export const httpTimeoutSeconds = 10

/** Whether a route asks Cognito for callers who have shown nothing yet: bounded more tightly than the rest. */
export const asksIdentityOpenly = ({ access, uses }: Pick<DeployedRoute, 'access' | 'uses'>): boolean =>
  (access.kind === 'public' || access.kind === 'refresh') && uses.identity !== undefined

/** Reason for cdk-nag: which rule guards a route, since none does so at the gateway. */
export function accessReason({ access }: Pick<DeployedRoute, 'access'>): string {
  if (access.kind === 'public') return `Public: ${access.reason}`
  return `Access "${access.kind}": the function verifies token and live session, personal tokens included`
}
