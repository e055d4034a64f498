import type { RouteDeclaration, SocketDeclaration, TriggerDeclaration } from '../shared/api/declaration.ts'

/** What infrastructure needs to know of a route; the schemas matter to others. */
export type DeployedRoute = Pick<
  RouteDeclaration,
  'name' | 'method' | 'path' | 'summary' | 'tag' | 'access' | 'throttle' | 'uses'
>

/** Everything that becomes a function: injected, so that tests can deploy a list of their own. */
export interface Declared {
  readonly routes: readonly DeployedRoute[]
  /** Answers whatever no route matches (problem documents and CORS preflights). */
  readonly fallback: { readonly name: string; readonly tag: string }
  readonly triggers: readonly TriggerDeclaration[]
  readonly sockets: readonly SocketDeclaration[]
}
