import type { ChecklistItemCreate } from '../../api/schemas/checklist.ts'
import { invalidField } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import { firstRank, rankBetween } from '../order/rank.ts'
import { checklistOf } from './present.ts'
import type { ChecklistItem, Task } from './task.ts'

type Checklist = Task['checklist']
type Content = Pick<ChecklistItem, 'text' | 'done'>
interface Placed {
  readonly id: string
  readonly rank: string
}

/** The checklist that a creation asks for, in its order. */
export const firstChecklist = (items: readonly Content[], now: string): Checklist => {
  const start = Date.parse(now)
  return Object.fromEntries(
    items.map(({ text, done }, n) => {
      const id = makeId('checklistItem', start, randomSeed())
      return [id, { text, done, rank: firstRank(start + n, derivedSeed(id)) }]
    }),
  )
}

/** How many of the others stand before it. */
const placeOf = (after: ChecklistItemCreate['after'], others: readonly Placed[]): number => {
  if (after === null) return 0
  if (after === undefined) return others.length
  const index = others.findIndex(({ id }) => id === after)
  if (index < 0) throw invalidField('/after', 'must be another item of this checklist, or null')
  return index + 1
}

/** `undefined` where the ranks have grown too long to go on. */
const rankAt = (place: number, others: readonly Placed[], now: string): string | undefined => {
  if (others.length === 0) return firstRank(Date.parse(now), randomSeed())
  const [before, behind] = [others[place - 1], others[place]]
  const placement = rankBetween(before?.rank ?? null, behind?.rank ?? null, Math.random())
  return 'rank' in placement ? placement.rank : undefined
}

/** All items in this order, with short ranks; there is room in front of them and behind them. */
const respaced = (ids: readonly string[], checklist: Checklist, now: string): Checklist =>
  Object.fromEntries(
    ids.flatMap((id, n) => {
      const item = checklist[id]
      return item === undefined
        ? []
        : [[id, { ...item, rank: firstRank(Date.parse(now) + n, new Uint8Array(3)) }]]
    }),
  )

/**
 * The checklist with an item behind another (`null`: first; `undefined`: last), whether it stood in it before or not.
 * Touches no other item, except where ranks have grown too long: then all of them get short ones.
 * @throws Failure `invalid-request` when `after` is no other item
 */
export const withItem = (
  checklist: Checklist,
  { id, text, done, after }: Content & { id: string; after: ChecklistItemCreate['after'] },
  now: string,
): Checklist => {
  const order = checklistOf({ checklist })
  const others = order.filter((other) => other.id !== id)
  const place = placeOf(after, others)
  const isThere = order[place]?.id === id
  const rank = isThere ? order[place]?.rank : rankAt(place, others, now)
  const all = { ...checklist, [id]: { text, done, rank: rank ?? '' } }
  if (rank !== undefined) return all
  const ids = others.map((other) => other.id)
  return respaced(ids.toSpliced(place, 0, id), all, now)
}
