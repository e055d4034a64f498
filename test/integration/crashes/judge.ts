import { decodeNotice } from '../../../shared/data/stores/ledger.ts'
import type { LedgerRow } from '../../../shared/domain/notices/ledger.ts'
import type { Cloud } from './aws/cloud.ts'
import type { Arrival } from './aws/receivers.ts'
import type { Due } from './flow.ts'
import type { Played, Stage } from './stage.ts'

export interface Verdict {
  /** What is wrong; nothing in a run that is right. */
  readonly faults: readonly string[]
  /** What came once more than they should have, in the documented window. */
  readonly doubled: number
}

const counted = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** What came to somebody again, and how much of that the window does not explain. */
const doublesIn = ({ outside, fns }: Cloud) => {
  const faults: string[] = []
  let doubled = 0
  for (const [id, count] of counted(outside.arrivals.map(({ id }) => id))) {
    doubled += count - 1
    const allowed = fns.inWindow.get(id) ?? 0
    if (count - 1 > allowed) faults.push(`${id} came ${count} times, of which ${allowed} may be doubles`)
  }
  return { faults, doubled }
}

/** Names that there are, each so often, against what is due. */
const compared = (
  what: string,
  found: readonly string[],
  due: readonly Due[],
  nameOf: (one: Due) => string,
) => {
  const is = counted(found)
  const expected = new Map(due.map((one) => [nameOf(one), one]))
  return [...new Set([...is.keys(), ...expected.keys()])].flatMap((name) => {
    const { count = 1, isRevoked, atMost = isRevoked } = expected.get(name) ?? { count: 0 }
    const found = is.get(name) ?? 0
    return found === count || (atMost && found < count)
      ? []
      : [`${what} ${name}: ${found} instead of ${count}`]
  })
}

const wrongIn = ({ says, begunAt }: Arrival, due: Due, intrudedAt: number): string[] => {
  const lies = Object.entries(due.says ?? {}).filter(([name, value]) => says[name] !== value)
  const isLate = due.isRevoked === true && begunAt > intrudedAt
  return [
    ...lies.map(([name]) => `${due.kind} says ${name} ${says[name]}`),
    ...(isLate ? [`${due.kind} was told to ${due.to.name} after all`] : []),
  ]
}

/** All that is due outside arrived, with what it must say, and nothing else; nothing was begun that was revoked. */
const arrivalsOf = (
  { outside }: Cloud,
  due: readonly Due[],
  intrudedAt = Number.POSITIVE_INFINITY,
): string[] => {
  const told = due.filter(({ only = 'outside' }) => only === 'outside')
  const distinct = [...new Map(outside.arrivals.map((one) => [one.id, one])).values()]
  const nameOf = (kind: string, address: string) => `${kind} to ${address}`
  const came = distinct.map(({ kind, address }) => nameOf(kind, address))
  const wrong = told.flatMap((one) =>
    outside.arrivals
      .filter(({ kind, address }) => kind === one.kind && address === one.to.address)
      .flatMap((arrival) => wrongIn(arrival, one, intrudedAt)),
  )
  return [...compared('outside', came, told, ({ kind, to }) => nameOf(kind, to.address)), ...wrong]
}

const linesOf = ({ story }: LedgerRow, channel: 'inbox' | 'mail', state: string): number =>
  story.filter((line) => line.channel === channel && line.state === state).length

/** What is wrong with the row of a notice, given the mails that were accepted. */
const liesIn = (row: LedgerRow, { outside: { arrivals }, fns }: Cloud): string[] => {
  const { id, kind, mail, inbox } = row
  const accepted = arrivals.filter((one) => one.id === id)
  const isRight =
    mail.state === 'sent'
      ? accepted.some(({ acceptedAs }) => acceptedAs === mail.messageId)
      : // What was accepted and not written down before the reason for it went away.
        mail.state === 'suppressed' && (accepted.length === 0 || fns.inWindow.has(id))
  const once = linesOf(row, 'mail', mail.state) === 1 && linesOf(row, 'inbox', inbox.state) === 1
  return [
    ...(isRight ? [] : [`the row of ${kind} is ${mail.state}, which is not what happened`]),
    ...(once ? [] : [`the story of ${kind} is not that of one notice`]),
  ]
}

/** The ledger says of each notice what came of it: one row for each, in the inbox, sent with a mail that was accepted. */
const ledgerOf = async (cloud: Cloud, { items, team }: Stage, due: readonly Due[]): Promise<string[]> => {
  const all = await cloud.items()
  const rows = all
    .filter(({ itemType, PK, SK }) => itemType === 'notice' && !items.has(JSON.stringify([PK, SK])))
    .map(decodeNotice)
  const people = [team.olga, team.ana, team.ben, team.eve]
  const nameOf = ({ kind, userId }: LedgerRow) =>
    `${kind} of ${people.find((one) => one.userId === userId)?.name}`
  const entered = due.filter(({ only = 'inbox' }) => only === 'inbox')
  const shown = rows.filter(({ inbox }) => inbox.state === 'delivered')
  return [
    ...rows.flatMap((row) => liesIn(row, cloud)),
    ...compared('in the inbox', shown.map(nameOf), entered, ({ kind, to }) => `${kind} of ${to.name}`),
  ]
}

/** Nothing is left under way, and nothing was parked. */
const leftOver = ({ queues, stream }: Cloud): string[] => [
  ...[...queues.values()].flatMap(({ consumer, parked, waiting }) => [
    ...parked.map(({ body }) => `parked by ${consumer.queue}: ${body}`),
    ...waiting().map(({ body }) => `still in ${consumer.queue}: ${body}`),
  ]),
  ...stream.parked.map(({ dynamodb }) => `parked by the stream: ${JSON.stringify(dynamodb?.Keys)}`),
  ...(stream.isDone() ? [] : ['the stream was not read to its end']),
]

/** The log of the workspace is gapless, and each change stands in it once: every version that a task has had. */
const logOf = async (cloud: Cloud): Promise<string[]> => {
  const items = await cloud.items()
  const log = items
    .filter(({ SK }) => SK.startsWith('EVT#'))
    .sort((a, b) => Number(a.sequence) - Number(b.sequence))
  const gaps = log.filter(({ sequence }, n) => sequence !== n + 1)
  const changes = counted(log.map((one) => JSON.stringify([one.taskId ?? one.id, one.taskVersion])))
  const versions = items
    .filter(({ itemType }) => itemType === 'task')
    .flatMap(({ id, version }) =>
      Array.from({ length: Number(version) }, (_, n) => JSON.stringify([id, n + 1])),
    )
  return [
    ...versions.filter((name) => !changes.has(name)).map((name) => `${name} stands nowhere in the log`),
    ...gaps.slice(0, 1).map(({ sequence }) => `the log has a gap before ${sequence}`),
    ...[...changes].filter(([, count]) => count > 1).map(([name]) => `${name} stands twice in the log`),
  ]
}

/** Looks at everything once a run has come to rest. */
export const judge = async ({ cloud, intrudedAt }: Played, stage: Stage): Promise<Verdict> => {
  const due = intrudedAt === undefined ? stage.due : stage.dueThen
  const { faults, doubled } = doublesIn(cloud)
  return {
    faults: [
      ...arrivalsOf(cloud, due, intrudedAt),
      ...faults,
      ...(await ledgerOf(cloud, stage, due)),
      ...leftOver(cloud),
      ...(await logOf(cloud)),
      ...(stage.flow.also?.(await cloud.items()) ?? []),
    ],
    doubled,
  }
}
