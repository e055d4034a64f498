import * as z from 'zod/mini'
import { projectId } from './ids.ts'
import { timeOfDay } from './time.ts'

/** Kinds of notices that people choose channels for. Many tasks assigned at once count as `assigned`. */
export const preferenceKinds = [
  'assigned',
  'mentioned',
  'commented',
  'status',
  'reminder',
  'dueSoon',
  'due',
  'overdue',
  'escalated',
] as const
export type PreferenceKind = (typeof preferenceKinds)[number]

/** Mails wait for the next full five minutes, hour, or the hour of the digest, and leave together. */
const mailWindows = ['now', '5min', 'hourly', 'daily'] as const

const ofEachKind = <Shape extends z.core.$ZodType>(shape: Shape) =>
  z.strictObject(
    Object.fromEntries(preferenceKinds.map((kind) => [kind, shape])) as Record<PreferenceKind, Shape>,
  )

const mailWindow = z.enum(mailWindows)
/** Local times of the person's own zone; `to` before `from` is that of the next day. */
const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay }).check(
  z.refine(({ from, to }) => from !== to, {
    error: 'must end at another time than it begins: leave out quiet hours to have none',
  }),
)
const hour = z.int().check(z.gte(0), z.lte(23))

const optionalChannels = z.strictObject({ inbox: z.optional(z.boolean()), mail: z.optional(z.boolean()) })
const ownKinds = ofEachKind(z.optional(optionalChannels))

/** What somebody has chosen; all else is inherited. */
const ownPreferences = z.strictObject({
  kinds: z.optional(ownKinds),
  projects: z.optional(z.record(projectId, ownKinds)),
  mailWindow: z.optional(mailWindow),
  quietHours: z.optional(quietHours),
  urgentPasses: z.optional(z.boolean()),
  digest: z.optional(
    z.strictObject({
      daily: z.optional(z.boolean()),
      weekly: z.optional(z.boolean()),
      hour: z.optional(hour),
    }),
  ),
})
export type OwnPreferences = z.infer<typeof ownPreferences>

const channels = z.strictObject({ inbox: z.boolean(), mail: z.boolean() })
const everyKind = ofEachKind(channels)
export type EveryKind = z.infer<typeof everyKind>

/** What holds: the product's defaults, below the person's choices, below those for a project. */
const effectivePreferences = z.strictObject({
  kinds: everyKind,
  projects: z.record(projectId, everyKind),
  mailWindow,
  quietHours: z.nullable(quietHours),
  urgentPasses: z.boolean(),
  digest: z.strictObject({ daily: z.boolean(), weekly: z.boolean(), hour }),
})
export type EffectivePreferences = z.infer<typeof effectivePreferences>

export const preferencesReply = z.strictObject({
  own: ownPreferences,
  effective: effectivePreferences,
  version: z.int(),
})
export type PreferencesReply = z.infer<typeof preferencesReply>

const patchable = <Shape extends z.core.$ZodType>(shape: Shape) => z.optional(z.nullable(shape))
const patchedKinds = ofEachKind(
  patchable(z.strictObject({ inbox: patchable(z.boolean()), mail: patchable(z.boolean()) })),
)

/** As many projects as one request may name. */
const mostProjects = 50

/** JSON Merge Patch (RFC 7396) of the own values: `null` inherits again. */
export const preferencesPatch = z.strictObject({
  kinds: patchable(patchedKinds),
  projects: patchable(
    z.record(projectId, z.nullable(patchedKinds)).check(
      z.refine((all) => Object.keys(all).length <= mostProjects, {
        error: `must name at most ${mostProjects} projects at once`,
      }),
    ),
  ),
  mailWindow: patchable(mailWindow),
  quietHours: patchable(quietHours),
  urgentPasses: patchable(z.boolean()),
  digest: patchable(
    z.strictObject({ daily: patchable(z.boolean()), weekly: patchable(z.boolean()), hour: patchable(hour) }),
  ),
})
export type PreferencesPatch = z.infer<typeof preferencesPatch>
