import { type Buckets, intervalOf, latestFullAt } from '../../domain/throttle/bucket.ts'
import { throttleKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

const itemType = 'throttle'

/**
 * Buckets in the table. DynamoDB knows no maximum, hence two conditional writes, of which nearly always one is
 * made: the first supposes that the bucket is full, the second that it is not, and has an attempt. Each is atomic, and
 * whichever meets another state than it supposes writes nothing.
 */
export const bucketStore = (table: Table): Buckets => {
  const take: Buckets['take'] = async (bucket, now) => {
    const { limit, id, purpose } = bucket
    const [key, interval] = [throttleKey(id, purpose), intervalOf(limit)]
    const latest = latestFullAt(limit, now)
    const fullAt = now + interval
    const whenFull = await table.update(
      key,
      { set: { itemType, fullAt, ttl: Math.ceil(fullAt / 1000) } },
      { absentOrAtMost: { fullAt: now } },
    )
    if (whenFull.won) return { taken: true, fullAt }
    const seen = Number(whenFull.present?.fullAt)
    if (seen > latest) return { taken: false, fullAt: seen }
    const otherwise = await table.update(
      key,
      { add: { fullAt: interval, ttl: Math.ceil(interval / 1000) } },
      { between: { fullAt: [now, latest] } },
    )
    if (otherwise.won) return { taken: true, fullAt: seen + interval }
    // Others took or gave back in between: each round that is lost is one of theirs that was won.
    return take(bucket, now)
  }
  return {
    take,
    giveBack: async ({ id, purpose, limit }) => {
      await table.update(throttleKey(id, purpose), { add: { fullAt: -intervalOf(limit) } }, { present: true })
    },
  }
}
