import type { Request, Someone } from '../app.ts'
import type { Team } from './team.ts'

/** A request that is about as costly as people's ordinary ones get. */
export interface OrdinaryCall {
  readonly who?: Someone
  readonly request: Request
}

/** By the names of the routes. Each prepares what its request needs, which is not measured. */
export type OrdinaryCalls = Readonly<Record<string, (team: Team) => Promise<OrdinaryCall>>>
