import { deviceOf } from '../account/device.ts'
import type { Person, Session } from '../account/person.ts'
import type { Change, DatedChange } from '../pipeline/record.ts'
import type { Token } from '../tokens/token.ts'
import type { AuditDraft } from './event.ts'
import { secondOf } from './second.ts'

/** An event of somebody's own account: it concerns the workspaces that person is a member of. */
export interface PersonalDraft extends Omit<AuditDraft, 'workspaceId'> {
  readonly userId: string
  /** The one workspace it concerns; `null`: all of the person's. */
  readonly workspaceId: string | null
}

const began = ({ id, userId, createdAt, userAgent }: Session): PersonalDraft => {
  const { browser, system } = deviceOf(userAgent)
  return {
    userId,
    workspaceId: null,
    id: `session/${id}/began`,
    type: 'session.began',
    at: createdAt,
    by: userId,
    about: { kind: 'session', id },
    changes: [
      { field: 'browser', from: null, to: browser },
      { field: 'system', from: null, to: system },
    ],
  }
}

/** Sign-ins, and sessions that were ended one by one; uses of a session and its expiry are no events. */
export const sessionAudit = ({ before, after }: Change<Session>): PersonalDraft[] => {
  if (after === undefined) return []
  if (before === undefined) return [began(after)]
  const { id, userId, endedAt, endedBecause } = after
  if (before.endedAt !== null || endedAt === null) return []
  return [
    {
      userId,
      workspaceId: null,
      id: `session/${id}/ended`,
      type: 'session.ended',
      at: endedAt,
      // Who uses a refresh token again may be anybody.
      by: endedBecause === 'tokenReused' ? null : userId,
      about: { kind: 'session', id },
      changes: [{ field: 'endedBecause', from: null, to: endedBecause ?? null }],
    },
  ]
}

/** All sessions but perhaps one, ended together: a new password, or by wish. Tokens go with them. */
export const personAudit = ({ before, after }: Change<Person>): PersonalDraft[] => {
  if (before === undefined || after === undefined) return []
  const { id, sessionsFrom, keptSession } = after
  if (before.sessionsFrom === sessionsFrom && before.keptSession === keptSession) return []
  return [
    {
      userId: id,
      workspaceId: null,
      id: `sessions/${id}/${sessionsFrom}/${keptSession}`,
      type: 'sessions.ended',
      at: sessionsFrom,
      by: id,
      about: { kind: 'person', id },
      changes: [{ field: 'keptSession', from: null, to: keptSession }],
    },
  ]
}

const ofToken = ({ id, userId, workspaceId }: Token, what: 'made' | 'revoked') =>
  ({
    userId,
    workspaceId,
    id: `token/${id}/${what}`,
    type: `token.${what}`,
    by: userId,
    about: { kind: 'token', id },
  }) as const

const told = ['name', 'scopes', 'workspaceId', 'expiresAt'] as const

const made = (token: Token): PersonalDraft => ({
  ...ofToken(token, 'made'),
  at: token.createdAt,
  changes: told.map((field) => ({ field, from: null, to: token[field] })),
})

const revoked = (token: Token, by: string): PersonalDraft => ({
  ...ofToken(token, 'revoked'),
  at: secondOf(by),
  changes: [{ field: 'name', from: token.name, to: null }],
})

/** One that has expired is dropped, or gives way to another in its place: no event of its own. */
export const tokenAudit = ({ before, after, by }: DatedChange<Token>): PersonalDraft[] => {
  if (after !== undefined) return before?.id === after.id ? [] : [made(after)]
  return before !== undefined && before.expiresAt > by ? [revoked(before, by)] : []
}
