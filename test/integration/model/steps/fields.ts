import * as fc from 'fast-check'
import * as tasks from '../../../../shared/api/routes/tasks.ts'
import { priorities, statuses } from '../../../../shared/api/schemas/task.ts'
import {
  aimed,
  attempt,
  type Chosen,
  choosing,
  expectRefusal,
  idAt,
  personAt,
  pick,
  step,
  who,
} from '../attempt.ts'
import { addDays } from '../days.ts'
import { beBorn, type Model, type ModelTask, placeOfNow } from '../model.ts'
import { may, refused, type Verdict, withStatus } from '../rules.ts'
import type { Session } from '../session.ts'
import { blank, type Item, type State } from '../state.ts'

interface Creation {
  readonly who: number
  readonly project: number
  readonly parent: number | null
  readonly status: State['status']
  readonly priority: State['priority']
  readonly estimate: number | null
  readonly assignees: readonly number[]
  readonly items: number
  readonly recurs: boolean
  readonly keyed: boolean
}

const dayOf = ({ start }: Session, days: number): string =>
  addDays(new Date(start).toISOString().slice(0, 10), days)

const levels = 8

/** Whether the copies of those above agree with what stands above. */
export const isFresh = (model: Model, task: ModelTask): boolean => {
  const above = task.state.parentId === null ? undefined : model.tasks.get(task.state.parentId)
  const path = above === undefined ? [] : [...above.ancestorIds, above.id]
  return path.join() === task.ancestorIds.join() && (above === undefined || isFresh(model, above))
}

/** Whether what stands below a task is about to come again with it. */
export const isRepeating = (model: Model, { id }: ModelTask): boolean =>
  model.series.some(({ of }) => of.id === id)

/** A parent that a body names: what it must be, and how deep it may stand. */
const judgeParent = (parent: ModelTask | undefined): Verdict | undefined => {
  const isThere = parent !== undefined && !parent.purged && parent.state.trashed === null
  if (!isThere) return refused(400, '/parentId')
  return parent.ancestorIds.length + 2 > levels ? refused(400, '/parentId') : undefined
}

const itemsOf = (reply: { body: { checklist: { id: string; text: string; done: boolean }[] } }) =>
  Object.fromEntries(
    reply.body.checklist.map(({ id, text, done }, place) => [id, { text, done, place } satisfies Item]),
  )

export const create = step('create', async (choice: Creation, model, real) => {
  const person = personAt(model, choice.who)
  const project = model.projects[choice.project] as Model['projects'][number]
  const parentId = choice.parent === null ? null : idAt(model, choice.parent)
  const parent = parentId === null ? undefined : model.tasks.get(parentId)
  // Depth is judged by copies that trail: where those are behind, either may come of it.
  if (parent !== undefined && (!isFresh(model, parent) || isRepeating(model, parent))) return
  const day = choice.recurs ? dayOf(real, 3) : null
  const assigneeIds = choice.assignees.map((n) => personAt(model, n).id)
  const checklist = Array.from({ length: choice.items }, (_, n) => ({ text: `Item ${n}`, done: n % 2 === 1 }))
  const fields = {
    title: `Task ${model.step}`,
    status: choice.recurs ? ('open' as const) : choice.status,
    priority: choice.priority,
    estimateMinutes: choice.estimate,
    assigneeIds,
  }
  const body = {
    ...fields,
    parentId,
    checklist,
    ...(day !== null && { due: { date: day }, recurrence: { rule: 'FREQ=DAILY' } }),
  }
  const headers: Record<string, string> = choice.keyed ? { 'Idempotency-Key': `step ${model.step}` } : {}
  const call = { who: person, route: tasks.createTask, params: { projectId: project.id }, body, headers }
  const reply = await real.call(call)
  if (!may(person, 'create', false)) return expectRefusal(reply, { refused: 404 })
  const refusal = parentId === null ? undefined : judgeParent(parent)
  if (refusal !== undefined) return expectRefusal(reply, refusal as { refused: number })
  const state: State = {
    ...blank,
    ...fields,
    parentId,
    projectId: project.id,
    places: { [project.id]: placeOfNow(model) },
    due: day,
    recurrence: day,
    completed: fields.status === 'done',
    key: reply.body.key,
    checklist: itemsOf(reply),
  }
  const ancestorIds = parent === undefined ? [] : [...parent.ancestorIds, parent.id]
  beBorn(model, { id: reply.body.id, by: person.id, ancestorIds }, state)
  if (choice.keyed) real.remembered.push({ call, reply, taskId: reply.body.id, version: 1 })
})

export const creation = fc.record({
  who,
  project: fc.nat(1),
  parent: fc.oneof(fc.constant(null), pick),
  status: fc.constantFrom(...statuses),
  priority: fc.constantFrom(...priorities),
  estimate: fc.option(fc.nat(100)),
  assignees: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  items: fc.nat(2),
  recurs: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  keyed: fc.boolean(),
})

interface Patch {
  readonly title?: boolean
  readonly status?: State['status']
  readonly priority?: State['priority']
  readonly estimateMinutes?: number | null
  readonly due?: number | null
  readonly assigneeIds?: readonly number[]
  readonly tags?: readonly string[]
  readonly recurrence?: null
}

/** What a patch says, and what it makes of a task. */
const patchOf = ({ title, due, assigneeIds, ...plain }: Patch, model: Model, real: Session) => ({
  ...plain,
  ...(title === true && { title: `Title ${model.step}` }),
  ...(due !== undefined && { due: due === null ? null : { date: dayOf(real, due), zone: 'UTC' } }),
  ...(assigneeIds !== undefined && { assigneeIds: assigneeIds.map((n) => personAt(model, n).id) }),
})

const patched = (state: State, { status, due, ...rest }: ReturnType<typeof patchOf>): State => {
  const values = { ...state, ...rest, ...(due !== undefined && { due: due?.date ?? null }) }
  return status === undefined ? values : withStatus(values, status)
}

export const edit = step('edit', async ({ patch, ...chosen }: Chosen & { patch: Patch }, model, real) => {
  const recurs = model.tasks.get(idAt(model, chosen.task))?.state.recurrence != null
  // Moving the date of one occurrence is the recurrence tests' own matter.
  const { due: _, ...undated } = patch
  const body = patchOf(recurs ? undated : patch, model, real)
  await attempt(model, real, chosen, {
    route: tasks.editTask,
    right: 'edit',
    body,
    paths: Object.keys(body),
    decide: ({ state }) => patched(state, body),
  })
})

export const edition = fc.record({
  ...choosing,
  patch: fc.record(
    {
      title: fc.constant(true),
      status: fc.constantFrom(...statuses),
      priority: fc.constantFrom(...priorities),
      estimateMinutes: fc.option(fc.nat(100)),
      due: fc.option(fc.integer({ min: 1, max: 9 })),
      assigneeIds: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
      tags: fc.subarray(['home', 'work']),
      recurrence: fc.constant(null),
    },
    { requiredKeys: [] },
  ),
})

/** Two people edit what they both have read: the second one's edit of the same fields is stale. */
export const editAtOnce = step(
  'edit at once',
  async (choice: Chosen & { status: State['status'] }, model, real) => {
    const { status, ...chosen } = choice
    const titled = (title: string, other: State['status'] | undefined) => ({
      title,
      ...(other !== undefined && { status: other }),
    })
    const bodies = [titled(`First of ${model.step}`, status), titled(`Second of ${model.step}`, undefined)]
    for (const [n, body] of bodies.entries()) {
      await attempt(
        model,
        real,
        { ...chosen, behind: n },
        {
          route: tasks.editTask,
          right: 'edit',
          body,
          paths: Object.keys(body),
          decide: ({ state }) => patched(state, body),
        },
      )
    }
  },
)
export const editionAtOnce = fc.record({ ...choosing, status: fc.constantFrom(...statuses) })

/** Opens a task again that was done. */
export const reopen = step('reopen', async (choice: Chosen, model, real) => {
  const chosen = aimed(model, choice, ({ state }) => state.status === 'done')
  await attempt(model, real, chosen, {
    route: tasks.editTask,
    right: 'edit',
    body: { status: 'open' },
    paths: ['status'],
    decide: ({ state }) => withStatus(state, 'open'),
  })
})

export const complete = step('complete', async (choice: Chosen, model, real) => {
  const chosen = aimed(model, choice, ({ state }) => state.recurrence !== null && state.status !== 'done')
  await attempt(model, real, chosen, {
    route: tasks.completeTask,
    right: 'complete',
    paths: ['status'],
    decide: ({ state }) => withStatus(state, 'done'),
  })
})
