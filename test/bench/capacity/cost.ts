import type { Section } from '../section.ts'
import { type PriceName, priceOf, priceSources } from './price.ts'
import { type Measured, quantitiesOf } from './quantities.ts'
import * as usage from './usage.ts'

/** Lines of the bill, and the prices that add up to each. */
const lines = {
  'DynamoDB, reads': ['tableReads'],
  'DynamoDB, writes': ['tableWrites'],
  [`DynamoDB, ${usage.monthsKept} months of tasks, recovery`]: ['tableStorage', 'tableRecovery'],
  'Lambda, arm64': ['functionCalls', 'functionTime'],
  'HTTP API': ['apiCalls'],
  'WebSocket API': ['liveFrames', 'liveMinutes'],
  SQS: ['queueCalls'],
  SES: ['mails'],
  'CloudWatch, logs and alarms': ['logs', 'alarms'],
  'Traffic out': ['traffic'],
} as const satisfies Record<string, readonly Exclude<PriceName, `people${string}`>[]>

const peoplePrice = { LITE: 'peopleLite', ESSENTIALS: 'peopleEssentials' } as const

const dollars = (usd: number): string =>
  usd.toLocaleString(
    'en',
    usd < 1_000 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 0 },
  )

interface Bill {
  readonly users: number
  readonly byLine: readonly number[]
  readonly people: number
  readonly lite: number
  readonly sum: number
}

const billOf = (measured: Measured, users: number): Bill => {
  const quantities = quantitiesOf(measured, users)
  const byLine = Object.values(lines).map((names) =>
    names.reduce((sum: number, name) => sum + priceOf(name, quantities[name]), 0),
  )
  const people = priceOf(peoplePrice[measured.deployment.plan], users)
  const sum = byLine.reduce((all, one) => all + one, people)
  return { users, byLine, people, lite: priceOf('peopleLite', users), sum }
}

const perUser = ({ users, sum }: Bill): string => (users === 0 ? '–' : (sum / users).toFixed(4))

/** How many calls, writes and notices the profile stands for. */
const profile = (): string => {
  const sum = (values: readonly number[]) => Math.round(values.reduce((all, one) => all + one, 0))
  const { createTask = 0, editTask = 0, completeTask = 0 } = usage.callsPerMonth
  const calls = sum(Object.values(usage.callsPerMonth))
  const notices = sum(Object.values(usage.noticesPerMonth))
  return `${calls} calls, of them ${createTask} tasks created, ${editTask} edited, ${completeTask} completed, and ${notices} mails`
}

/** The bill of a month, computed from what was measured. */
export const costSection = (measured: Measured): Section => {
  const bills = usage.userCounts.map((users) => billOf(measured, users))
  const { plan } = measured.deployment
  const row = (name: string, figure: (bill: Bill) => string) => [name, ...bills.map(figure)]
  return {
    title: 'Cost of a month, by active users',
    note: `US dollars without tax. One active user makes ${profile()} in a month (\`test/bench/capacity/usage.ts\`); measured are calls, units, replies and stored bytes, assumed are usage, billed milliseconds and the bytes of others' log lines. Nothing is batched across users, and list pages are full. Prices: ${priceSources()}.`,
    columns: ['Service', ...usage.userCounts.map((users) => users.toLocaleString('en'))],
    rows: [
      ...Object.keys(lines).map((name, index) => row(name, ({ byLine }) => dollars(byLine[index] ?? 0))),
      row(`Cognito, plan ${plan.toLowerCase()}`, ({ people }) => dollars(people)),
      row('Sum', ({ sum }) => dollars(sum)),
      row('Sum for each user', perUser),
      ...(plan === 'LITE'
        ? []
        : [row('Sum if Cognito’s plan were lite', ({ sum, people, lite }) => dollars(sum - people + lite))]),
    ],
  }
}
