import * as z from 'zod/mini'
import { roles } from '../actions.ts'
import { languages } from '../languages.ts'
import * as id from './ids.ts'
import { recoveryCode, totpCode } from './mfa.ts'
import { confirmationCode, mailAddress, password, text } from './text.ts'
import { instant, timeOfDay, zone } from './time.ts'

export const role = z.enum(roles)
const language = z.enum(languages)
const personName = text(1, 100)

export const signUp = z.strictObject({
  email: mailAddress,
  password,
  name: personName,
  language: z.optional(language),
  zone: z._default(zone, 'UTC'),
})
export const addressOnly = z.strictObject({ email: mailAddress })
/** The password is given again: whoever holds the code, and not whoever signed up with the address, decides it. */
export const confirmation = z.strictObject({ email: mailAddress, code: confirmationCode, password })
/** `cookie` puts the refresh token into a cookie that scripts cannot read; for browsers on our own origin. */
export const transport = z._default(z.enum(['body', 'cookie']), 'body')
/** Where a second factor is on, one of `code` and `recoveryCode` as well. */
export const credentials = z.strictObject({
  email: mailAddress,
  password,
  code: z.optional(totpCode),
  recoveryCode: z.optional(recoveryCode),
  refreshTokenIn: transport,
})
/** The token is left out when it travels in the cookie. */
export const refreshRequest = z.strictObject({
  refreshToken: z.optional(z.string().check(z.minLength(1), z.maxLength(8_192))),
})
export const passwordChange = z.strictObject({ currentPassword: password, newPassword: password })
export const passwordReset = z.strictObject({
  email: mailAddress,
  code: confirmationCode,
  newPassword: password,
})

/** RFC 6749 section 5.1 in camelCase; `refreshToken` only for the `body` transport. */
export const tokens = z.strictObject({
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
  refreshToken: z.optional(z.string()),
  /** After a sign-in with one of them; 0: the second factor is off now. */
  recoveryCodesLeft: z.optional(z.int()),
})

/** Days of the week as in iCalendar (RFC 5545 section 3.3.10). */
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const weekday = z.enum(weekdays)
/** Hours on the clock of the person's zone; `to` before `from` is on the next day. Given and replaced as a whole. */
const workingHours = z
  .strictObject({
    days: z.array(weekday).check(
      z.minLength(1, { error: 'must name a day, or working hours be null' }),
      z.maxLength(7),
      z.refine((days: string[]) => new Set(days).size === days.length, {
        error: 'must not name a day twice',
      }),
    ),
    from: timeOfDay,
    to: timeOfDay,
  })
  .check(z.refine(({ from, to }) => from !== to, { error: 'must begin and end at different times' }))

export const profile = z.strictObject({
  id: id.userId,
  email: z.string(),
  name: z.string(),
  language,
  zone: z.string(),
  weekStart: weekday,
  /** `null`: none were told. */
  workingHours: z.nullable(workingHours),
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
})
export type Profile = z.infer<typeof profile>
export const profilePatch = z.partial(
  z.strictObject({
    name: personName,
    language,
    zone,
    weekStart: weekday,
    workingHours: z.nullable(workingHours),
  }),
)
export type ProfilePatch = z.infer<typeof profilePatch>

const workspaceName = text(1, 100)
export const workspaceCreate = z.strictObject({ name: workspaceName, zone: z._default(zone, 'UTC') })
/** Archived tasks go into the trash after so many days; `null`: never. */
const archiveRetentionDays = z.nullable(z.int().check(z.minimum(30), z.maximum(3_650)))
export const workspacePatch = z.partial(z.strictObject({ name: workspaceName, zone, archiveRetentionDays }))
export const workspace = z.strictObject({
  id: id.workspaceId,
  name: z.string(),
  zone: z.string(),
  archiveRetentionDays,
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
/** A workspace as its list shows it: with the caller's role in it. */
export const membership = z.strictObject({ workspaceId: id.workspaceId, workspaceName: z.string(), role })

export const member = z.strictObject({
  userId: id.userId,
  name: z.string(),
  role,
  /** Who is suspended is answered as no member, keeps the role, and is listed for owners and admins only. */
  state: z.enum(['active', 'suspended']),
  joinedAt: instant,
  version: z.int(),
})
export const memberPatch = z.strictObject({ role })

export const invitationCreate = z.strictObject({
  email: mailAddress,
  role: z.enum(['admin', 'manager', 'member', 'guest']),
})
/** What the invited person sees: never the address book of the workspace. */
export const invitation = z.strictObject({
  id: id.invitationId,
  workspaceId: id.workspaceId,
  workspaceName: z.string(),
  role,
  invitedByName: z.string(),
  createdAt: instant,
  expiresAt: instant,
})
/** What those who invite see of an invitation that waits: of the address no more than tells them apart. */
export const openInvitation = z.strictObject({
  id: id.invitationId,
  address: z.string(),
  role,
  invitedBy: id.userId,
  invitedByName: z.string(),
  createdAt: instant,
  expiresAt: instant,
})
