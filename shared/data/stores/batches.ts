import type { Claim, TaskBatches } from '../../domain/jobs/ports.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { ttlOf } from '../codec.ts'
import { requestKey } from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import type { Item, Table, Write } from '../tablePort.ts'
import { encodeTask } from './tasks.ts'

/** How long a repeated request is recognised. */
const rememberedDays = 1
/** Writes in one transaction of DynamoDB. */
const writesLimit = 100

const claimItem = ({ userId, mark, now }: Claim): Item | undefined =>
  mark === null
    ? undefined
    : {
        ...requestKey(userId, mark.key),
        itemType: 'request',
        payload: mark.payload,
        ttl: ttlOf(daysAfter(now, rememberedDays)),
      }

export const batchStore = (table: Table): TaskBatches => ({
  claimed: async (userId, key) => {
    const item = await table.get(requestKey(userId, key))
    return item && String(item.payload)
  },
  replaceAll: async (tasks, claim, attempt) => {
    const writes: Write[] = tasks.map((task) => ({
      put: encodeTask(task),
      condition: { equals: { revision: task.revision - 1 } },
    }))
    const put = claim && claimItem(claim)
    const condition = { absent: true } as const
    if (put !== undefined && writes.length < writesLimit) writes.push({ put, condition })
    // No room for it in the transaction: it goes first, and says nothing until the tasks have their marks.
    else if (put !== undefined && !(await table.put(put, condition)).won) return false
    const { won } = await table.transact(writes)
    if (!won) await beforeAttempt(attempt)
    return won
  },
})
