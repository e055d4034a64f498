import type { DuePage } from '../pipeline/duePages.ts'
import type { Written } from '../ports.ts'
import type { DigestChoice, DigestPlan } from './plan.ts'

export interface Digests {
  plan(workspaceId: string, userId: string): Promise<DigestPlan | undefined>
  /** What somebody wants of a workspace, the product's own choice included. */
  choice(workspaceId: string, userId: string): Promise<DigestChoice>
  /** Loses to any other of the same person. */
  add(plan: DigestPlan): Promise<Written<DigestPlan>>
  /** Loses to any change since the version before. */
  replace(plan: DigestPlan): Promise<Written<DigestPlan>>
  drop(plan: DigestPlan): Promise<Written<DigestPlan>>
}

/** Where a sweep finds what is due. */
export interface DueDigests extends Pick<Digests, 'replace'> {
  readonly shards: readonly string[]
  /** Plans whose time lies at or before an instant, earliest first; a page of them, behind `after`. */
  due(shard: string, now: string, after?: string): Promise<DuePage<DigestPlan>>
}
