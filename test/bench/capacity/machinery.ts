import { randomUUID } from 'node:crypto'
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { derivedStore } from '../../../shared/data/stores/derived.ts'
import { digestStore } from '../../../shared/data/stores/digests.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { preferencesStore } from '../../../shared/data/stores/preferences.ts'
import { reminderStore } from '../../../shared/data/stores/reminders.ts'
import { upkeepStore } from '../../../shared/data/stores/upkeep.ts'
import { waitingStore } from '../../../shared/data/stores/waiting.ts'
import { sweep } from '../../../shared/domain/pipeline/sweep.ts'
import { onQueue } from '../../../shared/events/onQueue.ts'
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
    /** Records of tasks written since, without those of the consumer's own writes. */
    taskRecords: async (): Promise<DynamoDBRecord[]> =>
      (await app.stream.read()).filter((record) => changeOf(record).kind === 'task'),
  }
}

/** The notification worker, called with one batch; its mails go nowhere. */
export const workerAt = ({ app, work }: Workbench) => {
  const handler = onQueue({
    facts: app.facts,
    ledger: ledgerStore(app.table),
    waiting: waitingStore(app.table),
    mailer: { send: async () => 'message-id' },
    now: () => new Date(app.clock.now).toISOString(),
    newClaim: randomUUID,
  })
  return (name: string, messages: readonly NoticeMessage[]): Promise<Work> => {
    const Records = messages.map((message, n) => ({ messageId: String(n), body: JSON.stringify(message) }))
    return work(name, messages.length, async () => requireDone(name, await handler({ Records } as SQSEvent)))
  }
}

/** The sweep, as if run at an instant; it finds `count` tasks. */
export const sweepAt =
  ({ app, queue, work }: Workbench) =>
  (name: string, count: number, at: string): Promise<Work> =>
    work(name, count, () =>
      sweep(at, { ...app.stores, reminders: reminderStore(app.table), groups: app.groups, queue }),
    )
