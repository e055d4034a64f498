import type { News } from '../../../../shared/api/live.ts'
import type { LiveEvent } from '../../../../shared/api/schemas/changes.ts'

/**
 * All that a client was ever told, whether it could use it or not. What a client shows in the end says nothing of what
 * it should not have heard: it asks for a task that is not its own, is told that there is none, and forgets it.
 */
export class Heard {
  readonly #secrets: RegExp
  /** What of the secrets occurred in anything that came, wherever in it. */
  readonly secrets = new Set<string>()
  /** The number of the last event about each task. */
  readonly lastOf = new Map<string, number>()
  /** The number of the last event by which each task was to be forgotten. */
  readonly hiddenAt = new Map<string, number>()
  readonly notificationIds = new Set<string>()
  /** Everybody who was ever said to look at each task. */
  readonly lookers = new Map<string, Set<string>>()

  /** @param secrets matches ids, titles and the like, with the flag `g` */
  constructor(secrets: RegExp) {
    this.#secrets = secrets
  }

  /** Any text that came, as it came. */
  text(text: string): void {
    for (const [secret] of text.matchAll(this.#secrets)) this.secrets.add(secret)
  }

  news(news: News): void {
    if (news.type === 'changes') this.events(news.events)
    if (news.type === 'notification') this.notificationIds.add(news.notificationId)
    if (news.type === 'presence') {
      const before = this.lookers.get(news.taskId) ?? []
      this.lookers.set(news.taskId, new Set([...before, ...news.userIds]))
    }
  }

  events(events: readonly LiveEvent[]): void {
    for (const event of events) {
      if (!('taskId' in event)) continue
      raise(this.lastOf, event)
      if (event.type === 'task.hidden') raise(this.hiddenAt, event)
    }
  }
}

/** Events may come again, and later than others that followed them. */
const raise = (numbers: Map<string, number>, { taskId, sequence }: { taskId: string; sequence: number }) =>
  numbers.set(taskId, Math.max(numbers.get(taskId) ?? 0, sequence))
