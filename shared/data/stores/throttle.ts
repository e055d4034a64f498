import { type Bucket, type Buckets, intervalOf, latestFullAt } from '../../domain/throttle/bucket.ts'
import { throttleKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { Throttled } from '../throttled.ts'

const itemType = 'throttle'
const rounds = 20
type Taken = Awaited<ReturnType<Buckets['take']>>

/**
 * Buckets in the table. DynamoDB knows no maximum, hence two conditional writes, of which nearly always one is
 * made: the first supposes that the bucket is full, the second that it is not, and has an attempt. Each is atomic, and
 * whichever meets another state than it supposes writes nothing.
 */
export const bucketStore = (table: Table): Buckets => {
  const take = async ({ limit, id, purpose }: Bucket, now: number): Promise<Taken | undefined> => {
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
    return otherwise.won ? { taken: true, fullAt: seen + interval } : undefined
  }
  return {
    take: async (bucket, now) => {
      // A round is lost when others took or gave back in between, hence won one of theirs.
      for (let round = 0; round < rounds; round++) {
        const found = await take(bucket, now)
        if (found !== undefined) return found
      }
      throw new Throttled('others were quicker each time an attempt was taken')
    },
    giveBack: async ({ id, purpose, limit }) => {
      await table.update(throttleKey(id, purpose), { add: { fullAt: -intervalOf(limit) } }, { present: true })
    },
  }
}
