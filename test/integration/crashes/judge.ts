import type { Cloud } from './aws/cloud.ts'
import type { Mail } from './aws/receivers.ts'
import type { Stage } from './stage.ts'

export interface Verdict {
  /** What is wrong; nothing in a run that is right. */
  readonly faults: readonly string[]
  /** Mails that came once more than they should have, in the documented window. */
  readonly doubled: number
}

const kindsOf = (mail: Mail): string => `${mail.notice.kind} to ${mail.address}`

const counted = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Mails of one notice beyond the first, and how many of them the window does not explain. */
const doublesIn = ({ mail, fns }: Cloud) => {
  const faults: string[] = []
  let doubled = 0
  for (const [id, count] of counted(mail.mails.map(({ notice }) => notice.id))) {
    const [first] = mail.mails.filter(({ notice }) => notice.id === id)
    doubled += count - 1
    const allowed = fns.inWindow.get(id) ?? 0
    if (count - 1 > allowed)
      faults.push(`${first && kindsOf(first)} ${count} times, of which ${allowed} may be doubles`)
  }
  return { faults, doubled }
}

/** Distinct notices by kind and person against those that are due. */
const arrivals = ({ mail }: Cloud, { due }: Stage): string[] => {
  const distinct = [...new Map(mail.mails.map((one) => [one.notice.id, one])).values()]
  const came = counted(distinct.map(kindsOf))
  const expected = new Map(due.map(({ kind, to, count = 1 }) => [`${kind} to ${to.address}`, count]))
  return [...new Set([...came.keys(), ...expected.keys()])].flatMap((name) => {
    const [is, should] = [came.get(name) ?? 0, expected.get(name) ?? 0]
    return is === should ? [] : [`${name}: ${is} instead of ${should}`]
  })
}

/** The ledger says of each notice what came of it: one row for each, sent with a mail that was accepted. */
const ledgerOf = async (cloud: Cloud, { items, due, team }: Stage): Promise<string[]> => {
  const before = new Set(items.keys())
  const rows = (await cloud.items()).filter(
    ({ itemType, PK, SK }) => itemType === 'notice' && !before.has(JSON.stringify([PK, SK])),
  )
  const faults: string[] = []
  const accepted = new Map(cloud.mail.mails.map(({ messageId, notice }) => [messageId, notice.id]))
  for (const { id, kind, state, messageId } of rows) {
    if (state !== 'sent') faults.push(`the row of ${kind} is ${state}`)
    else if (accepted.get(String(messageId)) !== id)
      faults.push(`the row of ${kind} names a mail that is not its own`)
  }
  const people = [team.olga, team.ana, team.ben, team.eve]
  const nameOf = (userId: unknown) => people.find((one) => one.userId === userId)?.name
  const found = counted(rows.map(({ kind, userId }) => `${kind} of ${nameOf(userId)}`))
  const expected = new Map(due.map(({ kind, to, count = 1 }) => [`${kind} of ${to.name}`, count]))
  for (const name of new Set([...found.keys(), ...expected.keys()])) {
    const [is, should] = [found.get(name) ?? 0, expected.get(name) ?? 0]
    if (is !== should) faults.push(`rows for ${name}: ${is} instead of ${should}`)
  }
  return faults
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

/** The log of the workspace is gapless, and each change stands in it once. */
const logOf = async (cloud: Cloud): Promise<string[]> => {
  const log = (await cloud.items())
    .filter(({ SK }) => SK.startsWith('EVT#'))
    .sort((a, b) => Number(a.sequence) - Number(b.sequence))
  const gaps = log.filter(({ sequence }, n) => sequence !== n + 1)
  const changes = counted(log.map((one) => JSON.stringify([one.taskId ?? one.id, one.taskVersion])))
  return [
    ...gaps.slice(0, 1).map(({ sequence }) => `the log has a gap before ${sequence}`),
    ...[...changes].filter(([, count]) => count > 1).map(([name]) => `${name} stands twice in the log`),
  ]
}

/** Looks at everything once a run has come to rest. */
export const judge = async (cloud: Cloud, stage: Stage): Promise<Verdict> => {
  const { faults, doubled } = doublesIn(cloud)
  return {
    faults: [
      ...arrivals(cloud, stage),
      ...faults,
      ...(await ledgerOf(cloud, stage)),
      ...leftOver(cloud),
      ...(await logOf(cloud)),
    ],
    doubled,
  }
}
