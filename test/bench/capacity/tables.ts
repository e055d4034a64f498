import { deviations } from '../../support/ordinary/deviations.ts'
import type { MeasuredRoute } from '../../support/ordinary/measureRoutes.ts'
import type { Section } from '../section.ts'
import type { Pipeline } from './pipeline.ts'
import type { Work } from './workbench.ts'

/** Measured, and what the declaration allows. */
const ofBudget = (measured: number, declared: number): string =>
  measured === 0 && declared === 0 ? '–' : `${measured} of ${declared}`

export const routesSection = (measured: readonly MeasuredRoute[]): Section => ({
  title: 'Cost of one call, by route',
  note: 'An ordinary call of the costlier kind, measured, and the declared budget. Depth: round trips to the table that wait for one another. Units include the indexes.',
  columns: ['Route', 'Depth', 'Calls', 'Read units', 'Write units'],
  rows: measured.map(({ route: { name, budget }, cost }) => [
    name,
    ofBudget(cost.depth, budget.depth),
    ofBudget(cost.calls, budget.calls),
    ofBudget(cost.readUnits, budget.readUnits),
    ofBudget(cost.writeUnits, budget.writeUnits),
  ]),
  failures: measured.flatMap(({ route, status, cost }) =>
    [
      ...(status === route.reply.status ? [] : [`it answered ${status}`]),
      ...deviations(route.budget, cost),
    ].map((failure) => `${route.name}: ${failure}`),
  ),
})

const perPiece = (figure: number, count: number): string =>
  String(Number((figure / Math.max(1, count)).toFixed(2)))

const workRow = (who: string, { name, count, cost, messages }: Work) => [
  who,
  name,
  cost.depth,
  perPiece(cost.calls, count),
  perPiece(cost.readUnits, count),
  perPiece(cost.writeUnits, count),
  perPiece(messages, count),
]

export const pipelineSection = (pipeline: Pipeline): Section => {
  const { events, batches, ownWrites, notices, noticeBatch } = pipeline
  const { idleSweep, otherIdleSweeps, reminder, reminderBatch } = pipeline
  const all: [string, Work[]][] = [
    ['stream consumer', [...Object.values(events), ...batches, ownWrites]],
    ['workers of notices and mails', [...Object.values(notices), noticeBatch]],
    ['sweeps', [idleSweep, ...otherIdleSweeps, reminder, reminderBatch]],
  ]
  const works = all.flatMap(([, some]) => some)
  return {
    title: 'Cost of what follows from a write',
    note: 'Depth of one invocation; calls, units and messages for each event, notice or task of it. Tasks have two assignees and one reminder.',
    columns: ['Function', 'Work', 'Depth', 'Calls', 'Read units', 'Write units', 'Messages'],
    rows: all.flatMap(([who, some]) => some.map((work) => workRow(who, work))),
    failures: works
      .filter(({ cost }) => cost.failed > 0)
      .map(({ name, cost }) => `${name}: ${cost.failed} operations failed`),
  }
}
