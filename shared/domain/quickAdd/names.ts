import type { QuickAddToken } from '../../api/schemas/quickAdd.ts'
import type { Project } from '../projects/project.ts'
import type { Member } from '../workspaces/workspace.ts'

/** Whom and what a text may name. */
export interface Named {
  readonly members: readonly Member[]
  readonly projects: readonly Project[]
  readonly userId: string
}

/** Case and accents do not tell names apart. */
const folded = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Those whose whole name it is, or else whose first name. */
const byName = <Entity extends { readonly name: string }>(all: readonly Entity[], name: string): Entity[] => {
  const wanted = folded(name)
  const whole = all.filter((one) => folded(one.name) === wanted)
  return whole.length > 0 ? whole : all.filter((one) => folded(one.name).split(/\s+/)[0] === wanted)
}

type Resolved = { readonly id: string } | { readonly reason: string }

const one = <Entity>(found: readonly Entity[], idOf: (entity: Entity) => string, what: string): Resolved => {
  const [first] = found
  if (first === undefined) return { reason: `There is no ${what} of this name.` }
  return found.length === 1 ? { id: idOf(first) } : { reason: `More than one ${what} has this name.` }
}

/** The member that a token names, `me` for the caller. */
export const memberNamed = (name: string, { members, userId }: Named): Resolved =>
  // The parser leaves the sign of `@me`, so that nobody's name is taken for it.
  name === '@me' ? { id: userId } : one(byName(members, name), (member) => member.userId, 'member')

/** The project that a token names by its name or its key. */
export const projectNamed = (name: string, { projects }: Named): Resolved => {
  const byKey = projects.filter(({ key }) => key === name.toUpperCase())
  return one(byKey.length > 0 ? byKey : byName(projects, name), ({ id }) => id, 'project')
}

/** Why a token names nobody, or nothing; `undefined` of all that is understood. */
export const reasonIn =
  (named: Named) =>
  (token: QuickAddToken): string | undefined => {
    if (token.kind !== 'assignee' && token.kind !== 'project') return undefined
    const resolved = (token.kind === 'assignee' ? memberNamed : projectNamed)(token.value, named)
    return 'reason' in resolved ? resolved.reason : undefined
  }
