import { isDeepStrictEqual } from 'node:util'
import type { Profile, ProfilePatch } from '../../api/schemas/people.ts'
import { Failure } from '../failure.ts'
import type { People } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { Person } from './person.ts'

interface World {
  readonly people: People
}

const attempts = 20

const answer = ({
  id,
  email,
  name,
  language,
  zone,
  createdAt,
  updatedAt,
  version,
}: Person): Outcome<Profile> => ({
  body: { id, email, name, language, zone, createdAt, updatedAt, version },
  version,
})

/** The person with the patch applied; the same object when that changes nothing. */
const patched = (person: Person, patch: ProfilePatch, now: string): Person => {
  const next = { ...person, ...(patch as Partial<Person>) }
  if (isDeepStrictEqual(next, person)) return person
  return { ...next, updatedAt: now, version: person.version + 1 }
}

const fieldsOf = (patch: ProfilePatch) => Object.keys(patch) as (keyof ProfilePatch)[]

/** Refuses a patch of fields that differ between the state the caller saw and the present one. */
const refuseContested = (seen: Person, present: Person, patch: ProfilePatch): void => {
  const contested = fieldsOf(patch).filter(
    (field) => present[field] !== seen[field] && present[field] !== patch[field],
  )
  if (contested.length === 0) return
  const conflicts = contested.map((field) => ({
    field,
    base: seen[field],
    mine: patch[field],
    theirs: present[field],
  }))
  throw new Failure('precondition-failed', undefined, { extra: { version: present.version, conflicts } })
}

export const getMe: UseCase<Ask, World, undefined, Profile> = {
  run: async ({ person }) => answer(person),
}

/**
 * Without If-Match the last writer wins, field by field. With it the named version must be the present one;
 * a write that slips in after that matters only when it changed the same fields.
 */
export const editMe: UseCase<Ask<unknown, unknown, ProfilePatch>, World, undefined, Profile> = {
  run: async ({ ask, person: seen }, _loaded, { people }) => {
    if (ask.expected !== undefined && ask.expected !== seen.version) {
      throw new Failure('precondition-failed', undefined, { extra: { version: seen.version } })
    }
    let present = seen
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (ask.expected !== undefined) refuseContested(seen, present, ask.body)
      const next = patched(present, ask.body, ask.now)
      if (next === present) return answer(present)
      const result = await people.editPerson(next)
      if (result.won) return answer(next)
      if (result.present === undefined) throw new Failure('unauthenticated')
      present = result.present
    }
    throw new Failure('unavailable', 'Too many others are changing this profile at the same time.')
  },
}
