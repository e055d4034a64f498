import type { ToldWorld } from '../../../../shared/domain/pipeline/step.ts'
import { noGroups } from './noGroups.ts'

/** A workspace without groups, in which nobody is told of what is overdue. */
export const toldNobody: ToldWorld = {
  groups: noGroups,
  projects: { project: async () => undefined },
  workspaces: { member: async () => undefined, members: async () => ({ items: [], more: false }) },
}
