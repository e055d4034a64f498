import type { Cost } from '../../support/meter.ts'
import type { MeasuredRoute } from '../../support/ordinary/measureRoutes.ts'
import type { DeploymentFacts } from './deployment.ts'
import type { Pipeline } from './pipeline.ts'
import type { PriceName } from './price.ts'
import * as usage from './usage.ts'
import type { Work } from './workbench.ts'

/** All that was measured, and where it would run. */
export interface Measured {
  readonly routes: readonly MeasuredRoute[]
  readonly pipeline: Pipeline
  readonly deployment: DeploymentFacts
  /** Mean length of the line that a request logs. */
  readonly logLine: number
}

const bytesPerGb = 1024 ** 3

/** Something that happens `times` a month. */
interface Share {
  readonly times: number
  readonly cost: Cost
  /** Billed milliseconds beyond those for round trips. */
  readonly more?: number
  readonly reply?: number
}

const callsOf = (name: string): number => {
  const calls = usage.callsPerMonth[name]
  if (calls === undefined) throw new Error(`the usage profile does not say how often ${name} is called`)
  return calls
}

const requests = ({ routes }: Measured): Required<Share>[] =>
  routes.map(({ route, cost, replySize }) => ({
    times: callsOf(route.name),
    cost,
    more: route.uses.identity === undefined ? 0 : usage.assumedMilliseconds.identity,
    reply: replySize + usage.assumedHeaderBytes,
  }))

/** What follows from a user's writes, nothing of it batched with what follows from others'. */
const followUps = ({ pipeline }: Measured): Share[] => {
  const { events, ownWrites, notices, reminder } = pipeline
  const { queue, mail } = usage.assumedMilliseconds
  const ofWrites = Object.entries(events).flatMap(([name, { cost }]) => [
    { times: callsOf(name), cost, more: queue },
    // The consumer's own writes call it once more.
    { times: callsOf(name), cost: ownWrites.cost },
  ])
  const ofNotices = Object.entries(usage.noticesPerMonth).map(([kind, times]) => ({
    times,
    cost: notices[kind as keyof typeof notices].cost,
    // One worker tells it and hands the mail on, another sends that.
    more: usage.assumedMilliseconds.base + queue + mail,
  }))
  const swept = beyond(reminder, pipeline.idleSweep)
  return [...ofWrites, ...ofNotices, { times: usage.noticesPerMonth.reminder, cost: swept, more: queue }]
}

/** What a sweep costs more for the one task it found. */
const beyond = (work: Work, idle: Work): Cost => ({
  ...work.cost,
  calls: work.cost.calls - idle.cost.calls,
  readUnits: work.cost.readUnits - idle.cost.readUnits,
  writeUnits: work.cost.writeUnits - idle.cost.writeUnits,
})

const total = (shares: readonly Share[], figure: (share: Share) => number): number =>
  shares.reduce((sum, share) => sum + share.times * figure(share), 0)

const milliseconds = ({ cost, more = 0 }: Share): number =>
  usage.assumedMilliseconds.base + usage.assumedMilliseconds.roundTrip * cost.depth + more

/** What a month of this many active users uses, by what is billed. The user pool is priced by its plan. */
export const quantitiesOf = (
  measured: Measured,
  users: number,
): Record<Exclude<PriceName, `people${string}`>, number> => {
  const { pipeline, deployment, logLine } = measured
  const http = requests(measured)
  const perUser = [...http, ...followUps(measured)]
  const idle = [pipeline.idleSweep, ...pipeline.otherIdleSweeps].map(
    ({ cost }): Share => ({ times: usage.minutesOfMonth, cost }),
  )
  const sum = (figure: (share: Share) => number) => users * total(perUser, figure) + total(idle, figure)
  const { platform, gateway, overhead } = usage.assumedLogBytes
  const notices = Object.values(usage.noticesPerMonth).reduce((all, one) => all + one, 0)
  const codes = ['signUp', 'resendCode', 'forgotPassword'].map(callsOf).reduce((all, one) => all + one, 0)
  const tasks = users * callsOf('createTask') * usage.monthsKept
  const { table, indexes } = pipeline.bytesPerTask
  return {
    tableReads: sum(({ cost }) => cost.readUnits),
    tableWrites: sum(({ cost }) => cost.writeUnits),
    tableStorage: (tasks * (table + indexes)) / bytesPerGb,
    tableRecovery: (tasks * table) / bytesPerGb,
    // A notice goes through two workers.
    functionCalls: sum(() => 1) + users * notices,
    functionTime: sum((share) => (deployment.memoryGb * milliseconds(share)) / 1000),
    apiCalls: users * total(http, () => 1),
    liveFrames: users * usage.livePerMonth.frames,
    liveMinutes: users * usage.livePerMonth.minutes,
    // Sent, received, deleted: each message by itself, in two queues.
    queueCalls: users * notices * 6 + usage.emptyPollsOfMonth,
    mails: users * (notices + codes),
    logs: (sum(() => platform + overhead) + users * total(http, () => logLine + gateway)) / bytesPerGb,
    alarms: deployment.alarms,
    traffic: (users * total(http, ({ reply = 0 }) => reply)) / bytesPerGb,
  }
}
