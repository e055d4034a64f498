import { Failure } from './failure.ts'
import type { Created, Written } from './ports.ts'
import type { RequestMark } from './tasks/task.ts'

interface Versioned {
  readonly version: number
}

const attempts = 20

/** The caller has not seen what is there now. */
export const outdated = ({ version }: Versioned): Failure =>
  new Failure('precondition-failed', undefined, { extra: { version } })

/**
 * A version that must be the present one, where there are too few fields to merge by or the change is about the whole.
 * @throws Failure `precondition-failed`
 */
export const requireVersion = (present: Versioned, expected: number | undefined): void => {
  if (expected !== undefined && expected !== present.version) throw outdated(present)
}

/**
 * Writes what `decide` makes of a small resource, again from the present state when another write came first.
 * A stale `expected` is refused.
 */
export const edit = async <Entity extends Versioned>(
  entity: Entity,
  expected: number | undefined,
  decide: (present: Entity) => Entity,
  write: (next: Entity) => Promise<Written<Entity>>,
): Promise<Entity> => {
  let present = entity
  for (let attempt = 0; attempt < attempts; attempt++) {
    requireVersion(present, expected)
    const next = decide(present)
    if (next === present) return present
    const result = await write(next)
    if (result.won) return next
    if (result.present === undefined) throw new Failure('not-found')
    present = result.present
  }
  throw new Failure('unavailable', 'Too many others are changing this at the same time.')
}

/** Whether a patch would change anything. */
export const differs = <Entity extends object>(entity: Entity, patch: Partial<Entity>): boolean =>
  (Object.keys(patch) as (keyof Entity)[]).some(
    (field) => patch[field] !== undefined && patch[field] !== entity[field],
  )

/** What a creation made: now, or when the same request ran before. `refused` when something else was in its way. */
export const made = <Entity>(
  result: Created<Entity>,
  entity: Entity,
  mark: RequestMark | null,
  refused: () => Failure,
): Entity => {
  if (result.won) return entity
  if (result.ran === undefined) throw refused()
  if (result.ran.payload !== mark?.payload) throw new Failure('idempotency-mismatch')
  return result.ran.entity
}
