import { Failure, invalidField } from '../failure.ts'

/** A task as its place in the hierarchy. */
export interface Nested {
  readonly id: string
  /** The truth; written with the task. */
  readonly parentId: string | null
  /** From the top of the hierarchy down to the parent. A copy, which follows the moves of those above by a moment. */
  readonly ancestorIds: readonly string[]
}

const maxLevels = 8

/** Ancestors of a task under this parent, from the top down; of a task at the top none. */
export const pathUnder = (parent: Pick<Nested, 'id' | 'ancestorIds'> | null): string[] =>
  parent === null ? [] : [...parent.ancestorIds, parent.id]

/**
 * Whether tasks read one by one are the ancestors of a parent, from the top down: each stands under the one before,
 * the first under none. Not so when one of them has just been moved or is gone (`undefined`).
 */
export const isChain = (parent: Nested, ancestors: readonly (Nested | undefined)[]): boolean =>
  [...ancestors, parent].every((task, n) => task?.parentId === (n === 0 ? null : ancestors[n - 1]?.id))

/** A task under itself or under one of its subtasks. `ancestors` are those of the parent. */
export const refuseCycle = (taskId: string, parent: Nested, ancestors: readonly Nested[]): void => {
  if (![...ancestors, parent].some(({ id }) => id === taskId)) return
  throw invalidField('/parentId', 'a task cannot stand under itself or one of its subtasks')
}

/** Whether a task stands on the lowest level: nothing can stand under it. */
export const isTooDeep = ({ ancestorIds }: Pick<Nested, 'ancestorIds'>): boolean =>
  ancestorIds.length + 1 >= maxLevels

/** @param height levels of what is put there: 1 for a task without subtasks */
export const refuseDepth = (ancestorsOfParent: number, height: number): void => {
  if (ancestorsOfParent + 1 + height <= maxLevels) return
  throw invalidField('/parentId', 'tasks nest at most eight levels deep')
}

/**
 * Levels of a task with everything below it: 1 without subtasks. Counts no further than one beyond what is allowed.
 * @param childrenOf ids of all tasks right below any of these
 */
export const heightOf = async (
  taskId: string,
  childrenOf: (ids: readonly string[]) => Promise<readonly string[]>,
): Promise<number> => {
  let level: readonly string[] = [taskId]
  for (let height = 1; height <= maxLevels; height++) {
    level = [...new Set(await childrenOf(level))]
    if (level.length === 0) return height
  }
  return maxLevels + 1
}

export type Place =
  | { readonly kind: 'under'; readonly ancestorIds: readonly string[] }
  /** The tasks above are being moved: read them again. */
  | { readonly kind: 'stale' }

/**
 * The place of a task with all below it under a parent. Only tasks read strongly tell what is above whom: the copies
 * of ancestors that tasks carry say which ones to read, no more. Two moves at once that each put one task under the
 * other are told apart by the transaction that writes the first only if the chain is as it was read.
 * @param ancestors the tasks that `parent.ancestorIds` names, in that order; `undefined` for those that are gone
 */
export const placeUnder = (
  task: { readonly id: string; readonly height: number },
  parent: Nested,
  ancestors: readonly (Nested | undefined)[],
): Place => {
  const present = ancestors.filter((one) => one !== undefined)
  if (!isChain(parent, ancestors)) return { kind: 'stale' }
  refuseCycle(task.id, parent, present)
  refuseDepth(present.length, task.height)
  return { kind: 'under', ancestorIds: [...present, parent].map(({ id }) => id) }
}

/** When the tasks above are still being moved after several attempts. */
export const staleAncestors = (): Failure =>
  new Failure('conflict', 'The tasks above this one are being moved. Try again.', {
    errors: [{ pointer: '/parentId', detail: 'is being moved' }],
  })
