import type { NoticeKind } from '../../api/schemas/notice.ts'
import type { EffectivePreferences } from '../../api/schemas/preferences.ts'
import { topics } from '../../mail/topics.ts'
import type { Task } from '../tasks/task.ts'
import { nextFull, nextHour } from '../time/mailWindows.ts'
import { quietUntil } from '../time/quietHours.ts'

/** When a mail leaves. */
export type MailPlan =
  | { readonly when: 'now' }
  /** With whatever else the person is told by then. */
  | { readonly when: 'later'; readonly at: string; readonly why: string }
  | { readonly when: 'never'; readonly why: string }

export interface Plan {
  /** `null`: it stands in the inbox; else why it does not. */
  readonly withheld: string | null
  readonly mail: MailPlan
}

export interface Occasion {
  readonly kind: NoticeKind
  /** The task that it tells of, if it is one. */
  readonly task: Pick<Task, 'projectId' | 'priority'> | undefined
  readonly preferences: EffectivePreferences
  /** IANA zone of the person. */
  readonly zone: string
  /** RFC 3339. */
  readonly now: string
}

const switchedOff = 'switched off in the preferences'
const now: MailPlan = { when: 'now' }

/** The end of the window that an instant lies in. */
const windowEnd = ({ preferences, zone, now }: Occasion): string => {
  switch (preferences.mailWindow) {
    case 'now':
      return now
    case '5min':
      return nextFull(5, now, zone)
    case 'hourly':
      return nextFull(60, now, zone)
    case 'daily':
      return nextHour(preferences.digest.hour, now, zone)
  }
}

/** The same instant, or when the quiet hours that it lies in are over. */
const outsideQuietHours = (at: string, occasion: Occasion): string => {
  const { quietHours } = occasion.preferences
  const end = quietHours === null ? undefined : quietUntil(at, quietHours, occasion.zone)
  // Where the clocks skip the end, the next ones may have begun by then.
  return end === undefined ? at : outsideQuietHours(end, occasion)
}

/** Whether something may pass windows and quiet hours. */
const passes = ({ preferences, task }: Occasion): boolean =>
  preferences.urgentPasses && task?.priority === 'urgent'

/** When a mail may leave that somebody wants: never within their quiet hours. */
const whenOf = (occasion: Occasion): MailPlan => {
  if (passes(occasion)) return now
  const end = windowEnd(occasion)
  const at = outsideQuietHours(end, occasion)
  if (at === occasion.now) return now
  return { when: 'later', at, why: at === end ? 'waits for the mail window to end' : 'quiet hours' }
}

/** For what is to wait for quiet hours alone. */
const inNoWindow = (occasion: Occasion): Occasion => ({
  ...occasion,
  preferences: { ...occasion.preferences, mailWindow: 'now' },
})

/** Whether and when somebody is told of something through each channel, by their preferences. */
export const planFor = (occasion: Occasion): Plan => {
  const { kind, task, preferences } = occasion
  const rule = topics[kind]
  if (kind === 'webhookDisabled') return { withheld: null, mail: whenOf(inNoWindow(occasion)) }
  // A mail that nobody can do without.
  if (rule === null) return { withheld: 'goes by mail only', mail: now }
  if (rule === 'daily' || rule === 'weekly') {
    const mail: MailPlan = preferences.digest[rule] ? now : { when: 'never', why: switchedOff }
    return { withheld: 'goes by mail only', mail }
  }
  const kinds = (task && preferences.projects[task.projectId]) ?? preferences.kinds
  const channels = kinds[rule]
  return {
    withheld: channels.inbox ? null : switchedOff,
    mail: channels.mail ? whenOf(occasion) : { when: 'never', why: switchedOff },
  }
}

/** The same for a mail that has waited: its window is over, quiet hours may have begun while it was on its way. */
export const planAfterWaiting = (occasion: Occasion): Plan => planFor(inNoWindow(occasion))
