import type { LinkKind } from '../../api/schemas/task.ts'
import { Failure, invalidField } from '../failure.ts'

const inverses: Readonly<Record<LinkKind, LinkKind>> = {
  blocks: 'blockedBy',
  blockedBy: 'blocks',
  relatesTo: 'relatesTo',
  duplicates: 'duplicatedBy',
  duplicatedBy: 'duplicates',
}

/** The same link, seen from the other task. */
export const inverseOf = (kind: LinkKind): LinkKind => inverses[kind]

/** Kinds that lead from one task to another and must never lead back. */
export const directed = ['blocks', 'duplicates'] as const satisfies readonly LinkKind[]
export type Directed = (typeof directed)[number]

/** A link in the direction it has whichever end names it. */
export interface Arrow {
  readonly kind: Directed
  readonly from: string
  readonly to: string
}

/** `undefined` for kinds without a direction. */
export const arrowOf = (kind: LinkKind, taskId: string, otherId: string): Arrow | undefined => {
  for (const one of directed) {
    if (kind === one) return { kind: one, from: taskId, to: otherId }
    if (kind === inverses[one]) return { kind: one, from: otherId, to: taskId }
  }
  return undefined
}

const pointer = '/taskId'
const maxLinks = 100
const maxReached = 1000

export const refuseSelf = (taskId: string, otherId: string): void => {
  if (taskId === otherId) throw invalidField(pointer, 'must be another task')
}

/** @param links how many either end has, the new one not counted */
export const refuseTooMany = (links: number): void => {
  if (links >= maxLinks) throw invalidField(pointer, `a task has at most ${maxLinks} links`)
}

/** The tasks that each of `ids` leads to, in the order of `ids`. */
export type ReadMany = (ids: readonly string[]) => Promise<readonly (readonly string[])[]>

/**
 * Whether a way leads from one task to another, itself included; breadth first, each level in one read.
 * @throws conflict when more than 1,000 tasks hang together here
 */
export const reaches = async (from: string, to: string, neighbours: ReadMany): Promise<boolean> => {
  const seen = new Set([from])
  let level = [from]
  while (level.length > 0) {
    if (seen.has(to)) return true
    if (seen.size > maxReached) {
      throw new Failure('conflict', `More than ${maxReached} tasks depend on one another here.`)
    }
    const next = (await neighbours(level)).flat().filter((id) => !seen.has(id))
    level = [...new Set(next)]
    for (const id of level) seen.add(id)
  }
  return false
}

const loops: Readonly<Record<Directed, string>> = {
  blocks: 'would make the tasks wait for one another in a circle',
  duplicates: 'would make the tasks duplicates of one another in a circle',
}

/** Refuses a link by which a way would lead back to where it began. */
export const refuseLoop = async ({ kind, from, to }: Arrow, neighbours: ReadMany): Promise<void> => {
  if (await reaches(to, from, neighbours)) throw invalidField(pointer, loops[kind])
}
