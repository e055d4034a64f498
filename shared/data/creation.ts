import type { Created } from '../domain/ports.ts'
import type { RequestMark } from '../domain/tasks/task.ts'
import { daysAfter } from '../domain/time/daysAfter.ts'
import { transacted, ttlOf } from './codec.ts'
import { requestKey } from './keys.ts'
import type { Table, Write } from './tablePort.ts'

/** How long a repeated request is recognised. */
const rememberedDays = 1

interface Creation<Entity> {
  readonly writes: readonly Write[]
  readonly entity: Entity
  readonly userId: string
  readonly mark: RequestMark | null
  readonly now: string
}

interface Memory<Entity> {
  readonly payload: string
  readonly entity: Entity
}

/** What an earlier run of a request made, for creations that look at the present state first. */
export const ranBefore = async <Entity>(
  table: Table,
  userId: string,
  key: string,
): Promise<Memory<Entity> | undefined> =>
  (await table.get(requestKey(userId, key))) as Memory<Entity> | undefined

/**
 * Writes that found something, together with the memory of the request: a request that ran before meets that
 * memory and gets what it made, to the letter.
 */
export const create = async <Entity>(table: Table, creation: Creation<Entity>): Promise<Created<Entity>> => {
  const { writes, entity, userId, mark, now } = creation
  const memory = mark && {
    ...requestKey(userId, mark.key),
    itemType: 'request',
    payload: mark.payload,
    entity,
    ttl: ttlOf(daysAfter(now, rememberedDays)),
  }
  const all = memory === null ? writes : [{ put: memory, condition: { absent: true } } as const, ...writes]
  const result = await transacted(
    () => table.transact(all),
    (item) => item as { itemType: string; payload: string; entity: Entity },
  )
  if (result.won) return result
  const { present } = result
  return {
    won: false,
    ran: present?.itemType === 'request' ? { payload: present.payload, entity: present.entity } : undefined,
  }
}
