import type { Status } from '../../shared/api/schemas/task.ts'
import type { Card, List } from './board.ts'

/** Lists whose names say a status plainly. Every other list, such as a release, says nothing of the sort. */
const wellKnown: Partial<Record<Status, RegExp>> = {
  in_progress: /^(doing|in progress|in arbeit|wip|working on)$/,
  blocked: /^(blocked|on hold|waiting)$/,
  done: /^(done|complete|completed|finished)$/,
  cancelled: /^(cancelled|canceled|wont do)$/,
}

/** Status that a list's name stands for; emoji and punctuation around it do not count. */
export function statusOfList({ name }: Pick<List, 'name'>): Status {
  const plain = name
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const found = Object.entries(wellKnown).find(([, pattern]) => pattern.test(plain))
  return (found?.[0] as Status | undefined) ?? 'open'
}

/**
 * A card marked complete, or in a list that means so, is done. One that was archived otherwise, by itself or with its
 * list, becomes cancelled: nobody pursues it, and nothing says that it was finished, which `done` would claim.
 */
export function statusOfCard(card: Pick<Card, 'closed' | 'dueComplete'>, list: List): Status {
  const status = statusOfList(list)
  if (card.dueComplete || status === 'done') return 'done'
  return card.closed || list.closed ? 'cancelled' : status
}
