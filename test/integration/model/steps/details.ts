import * as fc from 'fast-check'
import * as checklists from '../../../../shared/api/routes/checklists.ts'
import { addTimeEntry } from '../../../../shared/api/routes/time.ts'
import { attempt, type Chosen, choosing, idAt, pick, step } from '../attempt.ts'
import type { ModelTask } from '../model.ts'
import { unknownId } from '../rules.ts'
import { type Item, put, type State } from '../state.ts'

/** The checklist in its order. */
export const itemsOf = ({ checklist }: State): (Item & { id: string })[] =>
  Object.entries(checklist)
    .map(([id, item]) => ({ ...item, id }))
    .sort((a, b) => a.place - b.place)

const last = (state: State): number => (itemsOf(state).at(-1)?.place ?? 0) + 1

/** The id that a reply gave to what was `unknownId`. */
const renamed = (state: State, name: 'checklist' | 'time', id: string): State => {
  const path = `${name}/${unknownId}`
  return put(put(state, `${name}/${id}`, state[name][unknownId]), path, undefined)
}

export const addItem = step('add item', async (choice: Chosen & { first: boolean }, model, real) => {
  const text = `Item of ${model.step}`
  const body = { text, ...(choice.first && { after: null }) }
  await attempt(
    model,
    real,
    { ...choice, behind: null },
    {
      route: checklists.addChecklistItem,
      right: 'edit',
      body,
      decide: ({ state }) => {
        const place = choice.first ? (itemsOf(state)[0]?.place ?? 1) - 1 : last(state)
        return put(state, `checklist/${unknownId}`, { text, done: false, place })
      },
      told: (state, reply) => {
        const item = reply.body.checklist.find((one: { text: string }) => one.text === text)
        return renamed(state, 'checklist', item.id)
      },
    },
  )
})
export const addition = fc.record({ ...choosing, first: fc.boolean() })

interface Ticking extends Chosen {
  readonly item: number
  readonly what: 'tick' | 'rename' | 'last'
}

const itemAt = (task: ModelTask | undefined, n: number) => {
  const items = task === undefined ? [] : itemsOf(task.state)
  return items[n % items.length]
}

const changed = (
  state: State,
  { id, ...item }: Item & { id: string },
  { what }: Ticking,
  text: string,
): State => {
  const others = itemsOf(state).filter((other) => other.id !== id)
  const isLast = others.every(({ place }) => place < item.place)
  if (what === 'tick') return put(state, `checklist/${id}`, { ...item, done: !item.done })
  if (what === 'rename') return put(state, `checklist/${id}`, { ...item, text })
  return isLast ? state : put(state, `checklist/${id}`, { ...item, place: last(state) })
}

export const editItem = step('edit item', async (choice: Ticking, model, real) => {
  const task = model.tasks.get(idAt(model, choice.task))
  const item = itemAt(task, choice.item)
  if (task === undefined || item === undefined) return
  const text = `Text of ${model.step}`
  const behind = itemsOf(task.state).filter(({ id }) => id !== item.id)
  const bodies = {
    tick: { done: !item.done },
    rename: { text },
    last: { after: behind.at(-1)?.id ?? null },
  }
  await attempt(model, real, choice, {
    route: checklists.editChecklistItem,
    right: 'edit',
    params: { itemId: item.id },
    body: bodies[choice.what],
    paths: [`checklist/${item.id}`],
    decide: ({ state }) => changed(state, item, choice, text),
  })
})
export const ticking = fc.record({
  ...choosing,
  item: pick,
  what: fc.constantFrom('tick' as const, 'rename' as const, 'last' as const),
})

export const removeItem = step('remove item', async (choice: Chosen & { item: number }, model, real) => {
  const item = itemAt(model.tasks.get(idAt(model, choice.task)), choice.item)
  if (item === undefined) return
  await attempt(model, real, choice, {
    route: checklists.deleteChecklistItem,
    right: 'edit',
    params: { itemId: item.id },
    paths: [`checklist/${item.id}`],
    decide: ({ state }) => put(state, `checklist/${item.id}`, undefined),
  })
})
export const removal = fc.record({ ...choosing, item: pick })

export const spend = step('spend', async (choice: Chosen & { minutes: number }, model, real) => {
  await attempt(
    model,
    real,
    { ...choice, behind: null },
    {
      route: addTimeEntry,
      right: 'time',
      body: { minutes: choice.minutes },
      decide: ({ state }) => put(state, `time/${unknownId}`, choice.minutes),
      told: (state, { body }) => renamed(state, 'time', body.id),
    },
  )
})
export const spending = fc.record({ ...choosing, minutes: fc.integer({ min: 1, max: 60 }) })
