import type { OwnersMove, Workspaces } from '../../domain/ports.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import type { Departure, Invitation, Member } from '../../domain/workspaces/workspace.ts'
import { codec, transacted, ttlOf, written } from '../codec.ts'
import { create } from '../creation.ts'
import { addressPk, departureKey, invitationKey, memberKey, personKey, workspaceKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table, Write } from '../tablePort.ts'
import { memberCodec, memberInAnyState, workspaceCodec, workspacesByKey } from './workspacesByKey.ts'

export const invitationCodec = codec<Invitation>(
  'invitation',
  ({ workspaceId, id }) => invitationKey(workspaceId, id),
  ({ workspaceId, id, email, expiresAt }) => ({
    ttl: ttlOf(expiresAt),
    ...(email !== null && {
      person: addressPk(email),
      personKey: `${workspaceKey(workspaceId).PK}#${invitationKey(workspaceId, id).SK}`,
    }),
  }),
)

/** How long a departure is kept: longer than any record of the stream waits to be consumed. */
const departureDays = 30
export const departureCodec = codec<Departure>(
  'departure',
  ({ workspaceId, userId }) => departureKey(workspaceId, userId),
  ({ at }) => ({ ttl: ttlOf(daysAfter(at, departureDays)) }),
)

/** The member as it was seen. Who left and joined again counts versions anew. */
export const seenAs = ({ joinedAt }: Member, version: number) => ({ equals: { joinedAt, version } })

const standingUpdate = (member: Member) => {
  const { workspaceId, userId, role, state = 'active', handedOverBy = null, updatedBy, version } = member
  return {
    update: memberKey(workspaceId, userId),
    change: { set: { role, state, handedOverBy, updatedBy, version } },
    condition: seenAs(member, version - 1),
  }
}

/** The count of owners must still be what the caller saw. */
export const counting = ({ workspace: { id, owners: seen }, owners }: OwnersMove): Write => ({
  update: workspaceKey(id),
  change: { set: { owners } },
  condition: { equals: { owners: seen } },
})

export const workspaceStore = (table: Table): Workspaces => ({
  ...workspacesByKey(table),
  memberInAnyState: memberInAnyState(table),
  invitation: async (workspaceId: string, id: string) => {
    const item = await table.get(invitationKey(workspaceId, id))
    return item && invitationCodec.decode(item)
  },
  departure: async (workspaceId: string, userId: string) => {
    const item = await table.get(departureKey(workspaceId, userId))
    return item && departureCodec.decode(item)
  },
  /** A page of invitations in the order of their ids, behind `after`. */
  invitations: async (workspaceId: string, limit: number, after?: string) => {
    const from = invitationKey(workspaceId, after ?? '')
    const range = {
      pk: from.PK,
      prefix: invitationKey(workspaceId, '').SK,
      ...(after !== undefined && { after: from.SK }),
      limit,
    }
    return sliceOf(table, range, invitationCodec.decode)
  },
  /** A page of somebody's memberships in the order of the workspaces, behind `after`. */
  memberships: async (userId: string, limit: number, after?: string) => {
    const range = {
      index: 'byPerson',
      pk: personKey(userId).PK,
      prefix: workspaceKey('').PK,
      ...(after !== undefined && { after: workspaceKey(after).PK }),
      limit,
    } as const
    return sliceOf(table, range, memberCodec.decode)
  },
  /** The workspace and its first owner, together or not at all. */
  found: (workspace, owner, mark) =>
    create(table, {
      writes: [
        { put: workspaceCodec.encode(workspace), condition: { absent: true } },
        { put: memberCodec.encode(owner), condition: { absent: true } },
      ],
      entity: workspace,
      userId: owner.userId,
      mark,
      now: workspace.createdAt,
    }),
  /** Sets what people edit, and nothing else: the count of owners has a life of its own. */
  editWorkspace: ({ id, name, zone, archiveRetentionDays = null, updatedAt, updatedBy, version }) =>
    written(
      table.update(
        workspaceKey(id),
        { set: { name, zone, archiveRetentionDays, updatedAt, updatedBy, version } },
        { equals: { version: version - 1 } },
      ),
      workspaceCodec.decode,
    ),
  setProjectRoles: ({ workspaceId, userId, projectRoles = {}, joinedAt, updatedBy, version }) =>
    written(
      table.update(
        memberKey(workspaceId, userId),
        { set: { projectRoles, updatedBy, version } },
        { equals: { joinedAt, version: version - 1 } },
      ),
      memberCodec.decode,
    ),
  setStanding: (member, move) => {
    const write = standingUpdate(member)
    if (move === undefined)
      return written(table.update(write.update, write.change, write.condition), memberCodec.decode)
    return transacted(() => table.transact([write, counting(move)]), memberCodec.decode)
  },
  removeMember: (member, departure, move) => {
    const key = memberKey(member.workspaceId, member.userId)
    const writes: Write[] = [
      { delete: key, condition: seenAs(member, member.version) },
      // With it, who did that: of a deletion the stream shows only what there was.
      { put: departureCodec.encode(departure) },
      ...(move === undefined ? [] : [counting(move)]),
    ]
    return transacted(() => table.transact(writes), memberCodec.decode)
  },
  transferOwnership: (heir, former) =>
    transacted(() => table.transact([standingUpdate(heir), standingUpdate(former)]), memberCodec.decode),
  invite: (invitation, mark) =>
    create(table, {
      writes: [{ put: invitationCodec.encode(invitation), condition: { absent: true } }],
      // What is remembered of the request lies elsewhere and longer than the invitation may: without the address.
      entity: { ...invitation, email: null },
      userId: invitation.invitedBy,
      mark,
      now: invitation.createdAt,
    }),
  revoke: (invitation) =>
    written(
      table.put(invitationCodec.encode(invitation), { equals: { version: invitation.version - 1 } }),
      invitationCodec.decode,
    ),
  /** Uses the invitation up and makes the member while the inviter stays what they are, together or not at all. */
  join: (accepted, member, inviter) =>
    transacted(
      () =>
        table.transact([
          { put: invitationCodec.encode(accepted), condition: { equals: { version: accepted.version - 1 } } },
          { put: memberCodec.encode(member), condition: { absent: true } },
          {
            check: memberKey(inviter.workspaceId, inviter.userId),
            condition: seenAs(inviter, inviter.version),
          },
        ]),
      invitationCodec.decode,
    ),
})
