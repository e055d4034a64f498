import * as fc from 'fast-check'
import * as boards from '../../../../shared/api/routes/boards.ts'
import { attempt, type Chosen, choosing, idAt, pick, step, tellSuccessor } from '../attempt.ts'
import { inOrder, type Model, type ModelTask, type Project, placeOfNow } from '../model.ts'
import { refused, type Verdict, withStatus } from '../rules.ts'
import { put, type State } from '../state.ts'

interface Positioning extends Chosen {
  readonly project: number
  readonly slot: number
  readonly column: number | null | undefined
  readonly isReversed: boolean
}

interface Gap {
  readonly projectId: string
  readonly after: ModelTask | undefined
  readonly before: ModelTask | undefined
}

const tiny = 0.001

/** A place in a gap, as near to its only end as new ones never come; behind all that share one place. */
const placeIn = (model: Model, { projectId, after, before }: Gap): number | undefined => {
  const [lower, upper] = [after?.state.places[projectId], before?.state.places[projectId]]
  // Another one each time: who stands there already is drawn anew.
  const beside = tiny * (1 + model.step / 1_000)
  if (lower === undefined) return upper === undefined ? undefined : upper - beside
  if (upper === undefined) return lower + beside
  // Where exactly is drawn: hardly ever where a task stands already.
  if (lower < upper) return lower + (upper - lower) * (0.4 + model.step / 1_000)
  const places = inOrder(model, projectId).map(({ state }) => state.places[projectId] ?? 0)
  const next = places.find((place) => place > lower)
  return next === undefined ? lower + beside : (lower + next) / 2
}

const inColumn = (
  state: State,
  { id: projectId, columns }: Project,
  column: number | null | undefined,
): State => {
  if (column === undefined) return state
  if (column === null) return put(state, `columns/${projectId}`, undefined)
  const { id = '', status = 'open' } = columns[column] ?? {}
  return put(withStatus(state, status), `columns/${projectId}`, id)
}

const isNeighbour = (task: ModelTask | undefined): boolean =>
  task === undefined || task.state.trashed === null

const positioned = (
  model: Model,
  task: ModelTask,
  gap: Gap,
  {
    project,
    choice,
  }: {
    project: Project
    choice: Positioning
  },
): Verdict => {
  const { projectId, after, before } = gap
  if (!(projectId in task.state.places)) return refused(400, '/projectId')
  if (!isNeighbour(after)) return refused(400, '/after')
  if (!isNeighbour(before)) return refused(400, '/before')
  const [lower, upper] = [after?.state.places[projectId], before?.state.places[projectId]]
  if (lower !== undefined && upper !== undefined && lower > upper) return refused(400, '/before')
  const place = placeIn(model, gap)
  const state = inColumn(task.state, project, choice.column)
  return place === undefined ? state : put(state, `places/${projectId}`, place)
}

export const position = step('position', async (choice: Positioning, model, real) => {
  const project = model.projects[choice.project] as Project
  const taskId = idAt(model, choice.task)
  const others = inOrder(model, project.id).filter(({ id }) => id !== taskId)
  const slot = choice.slot % (others.length + 1)
  const ends = [others[slot - 1], others[slot]]
  const [after, before] = choice.isReversed ? [ends[1], ends[0]] : ends
  // An end of the list that is named as the other end says nothing of where in between.
  if (choice.isReversed && (after === undefined || before === undefined)) return
  const rank = async () => (await real.app.stores.tasks.task(real.workspaceId, taskId))?.ranks[project.id]
  const drawnBefore = await rank()
  const reply = await attempt(model, real, choice, {
    route: boards.positionTask,
    right: 'edit',
    body: {
      projectId: project.id,
      after: after?.id ?? null,
      before: before?.id ?? null,
      ...(choice.column !== undefined && {
        columnId: choice.column === null ? null : project.columns[choice.column]?.id,
      }),
    },
    decide: (task) => positioned(model, task, { projectId: project.id, after, before }, { project, choice }),
    told: async (state, reply) => {
      const named = tellSuccessor(state, reply)
      // The rank that was drawn may be the one that it had.
      const place = model.tasks.get(taskId)?.state.places[project.id]
      return (await rank()) === drawnBefore ? put(named, `places/${project.id}`, place) : named
    },
  })
  if (reply !== undefined) model.moved.push({ projectId: project.id, taskId, step: model.step })
})

export const positioning = fc.record({
  ...choosing,
  project: fc.nat(1),
  slot: pick,
  column: fc.option(fc.option(fc.nat(4)), { nil: undefined }),
  isReversed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

interface Placing extends Chosen {
  readonly project: number
}
export const placing = fc.record({ ...choosing, project: fc.nat(1) })

export const move = step('move', async (choice: Placing, model, real) => {
  const { id } = model.projects[choice.project] as Project
  await attempt(model, real, choice, {
    route: boards.moveTask,
    right: 'edit',
    body: { projectId: id },
    decide: ({ state }) => {
      const { projectId: left } = state
      if (left === id) return state
      const placed = put({ ...state, projectId: id }, `places/${id}`, state.places[id] ?? placeOfNow(model))
      return put(put(placed, `places/${left}`, undefined), `columns/${left}`, undefined)
    },
    told: (state, { body }) => ({ ...state, key: body.key }),
  })
})

export const addProject = step('add project', async (choice: Placing, model, real) => {
  const { id } = model.projects[choice.project] as Project
  await attempt(model, real, choice, {
    route: boards.addTaskProject,
    right: 'edit',
    params: { projectId: id },
    decide: ({ state }) => put(state, `places/${id}`, state.places[id] ?? placeOfNow(model)),
  })
})

export const removeProject = step('remove project', async (choice: Placing, model, real) => {
  const { id } = model.projects[choice.project] as Project
  await attempt(model, real, choice, {
    route: boards.removeTaskProject,
    right: 'edit',
    params: { projectId: id },
    decide: ({ state }) =>
      state.projectId === id
        ? refused(409)
        : put(put(state, `places/${id}`, undefined), `columns/${id}`, undefined),
  })
})
