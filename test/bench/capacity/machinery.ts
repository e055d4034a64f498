import { randomUUID } from 'node:crypto'
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { deliveryStore, waitingDeliveryStore } from '../../../shared/data/stores/deliveries.ts'
import { derivedStore } from '../../../shared/data/stores/derived.ts'
import { digestStore, dueDigestStore } from '../../../shared/data/stores/digests.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { preferencesStore } from '../../../shared/data/stores/preferences.ts'
import { reminderStore } from '../../../shared/data/stores/reminders.ts'
import { upkeepStore } from '../../../shared/data/stores/upkeep.ts'
import { waitingIndex, waitingStore } from '../../../shared/data/stores/waiting.ts'
import { sweepDigests } from '../../../shared/domain/digests/sweep.ts'
import { sweepWaiting } from '../../../shared/domain/notices/sweepWaiting.ts'
import { sweep } from '../../../shared/domain/pipeline/sweep.ts'
import { sweepDeliveries } from '../../../shared/domain/webhooks/sweep.ts'
import { onMails } from '../../../shared/events/onMails.ts'
import { onNotices } from '../../../shared/events/onNotices.ts'
import { onStream } from '../../../shared/events/onStream.ts'
import { changeOf } from '../../../shared/events/records.ts'
import type { Work, Workbench } from './workbench.ts'

const requireDone = (
  name: string,
  { batchItemFailures }: { batchItemFailures: readonly unknown[] },
): void => {
  if (batchItemFailures.length > 0) throw new Error(`${name}: ${batchItemFailures.length} failed`)
}

/** The stream consumer, called with one batch. */
export const consumerAt = ({ app, queue, work }: Workbench) => {
  const jobs = { send: async () => undefined }
  const { objects } = app.files
  const { stores, groups } = app
  const digests = digestStore(app.table)
  const upkeeps = upkeepStore(app.table)
  const handler = onStream({
    derived: derivedStore(app.table),
    stores,
    groups,
    digests,
    preferences: preferencesStore(app.table),
    upkeeps,
    queue,
    jobs,
    webhooks: jobs,
    objects,
  })
  return {
    consume: (name: string, Records: DynamoDBRecord[]): Promise<Work> =>
      work(name, Records.length, async () => requireDone(name, await handler({ Records }))),
    /** Records of tasks or comments written since, without those of the consumer's own writes. */
    recordsOf: async (kind: 'task' | 'comment'): Promise<DynamoDBRecord[]> =>
      (await app.stream.read()).filter((record) => changeOf(record).kind === kind),
  }
}

const eventOf = (messages: readonly NoticeMessage[]) =>
  ({
    Records: messages.map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) })),
  }) as SQSEvent

/** The notification worker and the one of mails behind it, called with one batch each; the mails go nowhere. */
export const workerAt = ({ app, work }: Workbench) => {
  const handed: NoticeMessage[] = []
  const world = {
    facts: app.facts,
    ledger: ledgerStore(app.table),
    waiting: waitingStore(app.table),
    now: () => new Date(app.clock.now).toISOString(),
  }
  const mails = { send: async (some: readonly NoticeMessage[]) => void handed.push(...some) }
  let sent = 0
  const mailer = {
    send: async () => {
      sent++
      return 'message-id'
    },
  }
  const tell = onNotices({ ...world, mails })
  const mail = onMails({ ...world, mailer, newClaim: randomUUID })
  return async (name: string, messages: readonly NoticeMessage[]): Promise<Work> => {
    const before = sent
    const done = await work(name, messages.length, async () => {
      requireDone(name, await tell(eventOf(messages)))
      requireDone(name, await mail(eventOf(handed.splice(0))))
    })
    // What was not to be told costs less.
    if (sent - before !== messages.length) throw new Error(`${name}: ${sent - before} mails were sent`)
    return done
  }
}

/** The sweep, as if run at an instant; it finds `count` tasks. */
export const sweepAt =
  ({ app, queue, work }: Workbench) =>
  (name: string, count: number, at: string): Promise<Work> =>
    work(name, count, () =>
      sweep(at, { ...app.stores, reminders: reminderStore(app.table), groups: app.groups, queue }),
    )

/** The other schedules of each minute, when there is nothing to do. */
export const idleSweepsAt = async ({ app: { table }, work }: Workbench, at: string): Promise<Work[]> => {
  const queue = { send: async () => undefined }
  const deliveries = { waiting: waitingDeliveryStore(table), deliveries: deliveryStore(table), queue }
  return [
    await work('mails that wait: none', 0, () => sweepWaiting(at, { index: waitingIndex(table), queue })),
    await work('digests: none', 0, () => sweepDigests(at, { digests: dueDigestStore(table), queue })),
    await work('deliveries: none', 0, () => sweepDeliveries(at, deliveries)),
  ]
}
