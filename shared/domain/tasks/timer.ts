import type { Task } from './task.ts'

/** The entry that runs for a person in a workspace: there is one at most. */
export interface Timer {
  readonly workspaceId: string
  readonly userId: string
  readonly taskId: string
  readonly timeEntryId: string
}

/** Each person's slot for the timer that runs, written together with the task. */
export interface Timers {
  /** As the slot says; the entry may have ended a moment ago with its task in the trash, or by an edit. */
  running(workspaceId: string, userId: string): Promise<Timer | undefined>
  /**
   * The task with its new entry, and the slot, which is free or still names `over`, a timer that has ended.
   * False when task or slot have changed meanwhile.
   */
  start(task: Task, timer: Timer, over: Timer | undefined): Promise<boolean>
  /** The task with its entry ended, and the slot, which names it, set free. False when either has changed meanwhile. */
  stop(task: Task, timer: Timer): Promise<boolean>
}
