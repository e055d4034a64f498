import type { TaskState } from './task.ts'

/** As many entries as a task holds, whichever way they come. Other maps have their limits where they are judged. */
export const mostEntries = { checklist: 100, timeEntries: 200, ranks: 10 } as const satisfies Partial<
  Record<keyof TaskState, number>
>
