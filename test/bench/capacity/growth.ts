import { randomUUID } from 'node:crypto'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, getTask, listProjectTasks } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { statuses } from '../../../shared/api/schemas/task.ts'
import { type App, startApp } from '../../support/app.ts'
import { type Cost, type Meter, meterOn } from '../../support/meter.ts'
import { succeed, taskBody } from '../../support/ordinary/team.ts'
import { median } from '../median.ts'
import type { Section } from '../section.ts'
import { fillProject, withoutStream } from './fillProject.ts'

const sizes = [100, 10_000, 100_000] as const
const rounds = 40
/** Calls before the measured ones, for the compiler and the engine's cache. */
const warmUp = 5

type Operation = 'list' | 'get' | 'create'

interface Place {
  readonly size: number
  readonly app: App
  readonly meter: Meter
  readonly calls: Readonly<Record<Operation, () => Promise<unknown>>>
}

/** An application of its own, with one project of `size` tasks. */
const settle = async (size: number): Promise<Place> => {
  const app = await startApp()
  const owner = await app.person('Olga Owner')
  const { body: workspace } = await succeed(app, owner, createWorkspace, { body: { name: 'Growth' } })
  const workspaceId: string = workspace.id
  const { body: project } = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'Growth', key: 'GRO' },
  })
  const params = { workspaceId, projectId: String(project.id) }
  const body = taskBody([owner.userId])
  const { body: made } = await succeed(app, owner, createTask, { params, body })
  const first = await app.stores.tasks.task(workspaceId, made.id)
  if (first === undefined) throw new Error('the task just made is not there')
  await withoutStream(app.engine)
  await fillProject(app.engine, first, size)
  const calls = {
    // Small enough for every status of the smallest project to fill its page.
    list: () =>
      succeed(app, owner, listProjectTasks, { params, query: { status: statuses.join(','), limit: '15' } }),
    get: () => succeed(app, owner, getTask, { params: { workspaceId, taskId: made.id } }),
    create: () =>
      succeed(app, owner, createTask, { params, body, headers: { 'Idempotency-Key': randomUUID() } }),
  }
  return { size, app, meter: meterOn(app.engine.client), calls }
}

interface Sample {
  readonly size: number
  readonly operation: Operation
  readonly milliseconds: number
  readonly figures: string
}

const figuresOf = ({ depth, calls, readUnits, writeUnits, failed }: Cost): string =>
  `${depth} deep, ${calls} calls, ${readUnits} read, ${writeUnits} written${failed > 0 ? `, ${failed} failed` : ''}`

const operations: readonly Operation[] = ['list', 'get', 'create']

/** Every size in turn within each round, so that a busy machine slows all of them. */
const sample = async (places: readonly Place[]): Promise<Sample[]> => {
  const samples: Sample[] = []
  for (let round = -warmUp; round < rounds; round++) {
    for (const operation of operations) {
      for (const { size, meter, calls } of places) {
        const start = performance.now()
        const { cost } = await meter.measure(calls[operation])
        const milliseconds = performance.now() - start
        if (round >= 0) samples.push({ size, operation, milliseconds, figures: figuresOf(cost) })
      }
    }
  }
  return samples
}

const sectionOf = (samples: readonly Sample[]): Section => {
  const of = (operation: Operation, size: number) =>
    samples.filter((one) => one.operation === operation && one.size === size)
  const latency = (operation: Operation, size: number) =>
    median(of(operation, size).map(({ milliseconds }) => milliseconds))
  const figures = (all: readonly Sample[]) => [...new Set(all.map((one) => one.figures))]
  return {
    title: 'Growth of one project',
    note: `What one call costs, and its latency as a multiple of that with ${sizes[0]} tasks: medians of ${rounds} calls, the sizes in turns.`,
    columns: ['Call', 'Tasks', 'Figures', 'Latency ratio'],
    rows: operations.flatMap((operation) =>
      sizes.map((size) => [
        operation,
        size.toLocaleString('en'),
        figures(of(operation, size)).join(' or '),
        (latency(operation, size) / latency(operation, sizes[0])).toFixed(2),
      ]),
    ),
    failures: operations
      .map((operation) => [operation, figures(samples.filter((one) => one.operation === operation))] as const)
      .filter(([, all]) => all.length !== 1)
      .map(([operation, all]) => `${operation} does not cost the same at every size: ${all.join('; ')}`),
  }
}

/** Lists, reads and creates in projects of growing size. */
export const measureGrowth = async (): Promise<Section> => {
  const places: Place[] = []
  try {
    for (const size of sizes) places.push(await settle(size))
    return sectionOf(await sample(places))
  } finally {
    await Promise.all(places.map(({ app }) => app.close()))
  }
}
