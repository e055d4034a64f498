import type {
  EffectivePreferences,
  EveryKind,
  OwnPreferences,
  PreferenceKind,
} from '../../api/schemas/preferences.ts'
import type { Written } from '../ports.ts'

/** What one person has chosen about the notices of one workspace. */
export interface Preferences {
  readonly workspaceId: string
  readonly userId: string
  readonly own: OwnPreferences
  readonly updatedAt: string
  readonly version: number
}

export interface PreferencesStore {
  preferences(workspaceId: string, userId: string): Promise<Preferences | undefined>
  /** Loses to any write since the version before. */
  write(next: Preferences): Promise<Written<Preferences>>
}

/** Those of people who have left. */
export interface LeftPreferences extends Pick<PreferencesStore, 'preferences'> {
  /** Loses to any write since the version given. */
  drop(present: Preferences): Promise<Written<Preferences>>
}

/** Of somebody who has chosen nothing yet. */
export const noChoices = (
  { workspaceId, userId }: Pick<Preferences, 'workspaceId' | 'userId'>,
  now: string,
): Preferences => ({ workspaceId, userId, own: {}, updatedAt: now, version: 0 })

const both = { inbox: true, mail: true }
const inboxOnly = { inbox: true, mail: false }

/** Of somebody who has chosen nothing. */
export const productDefaults: EffectivePreferences = {
  kinds: {
    assigned: both,
    mentioned: both,
    commented: both,
    status: inboxOnly,
    reminder: both,
    dueSoon: inboxOnly,
    due: both,
    overdue: both,
    escalated: both,
  },
  projects: {},
  mailWindow: 'now',
  quietHours: null,
  urgentPasses: true,
  digest: { daily: true, weekly: true, hour: 8 },
}

const over = (own: OwnPreferences['kinds'], inherited: EveryKind): EveryKind =>
  Object.fromEntries(
    Object.entries(inherited).map(([kind, channels]) => [
      kind,
      {
        inbox: own?.[kind as PreferenceKind]?.inbox ?? channels.inbox,
        mail: own?.[kind as PreferenceKind]?.mail ?? channels.mail,
      },
    ]),
  ) as EveryKind

/** What holds for somebody: the product's defaults, below their choices, below those for a project. */
export const effectiveOf = (own: OwnPreferences = {}): EffectivePreferences => {
  const kinds = over(own.kinds, productDefaults.kinds)
  const projects = Object.entries(own.projects ?? {})
  const { digest } = productDefaults
  return {
    kinds,
    projects: Object.fromEntries(projects.map(([id, ofProject]) => [id, over(ofProject, kinds)])),
    mailWindow: own.mailWindow ?? productDefaults.mailWindow,
    quietHours: own.quietHours ?? productDefaults.quietHours,
    urgentPasses: own.urgentPasses ?? productDefaults.urgentPasses,
    digest: {
      daily: own.digest?.daily ?? digest.daily,
      weekly: own.digest?.weekly ?? digest.weekly,
      hour: own.digest?.hour ?? digest.hour,
    },
  }
}
