import type { Slice } from '../ports.ts'
import type { ScheduledTask } from './scheduled.ts'

export interface Schedules {
  /** Tasks that have something to say to a person or to a group; in no order that means anything. */
  scheduled(workspaceId: string, remindedId: string, limit: number): Promise<Slice<ScheduledTask>>
}
