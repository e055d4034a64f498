import { isDeepStrictEqual } from 'node:util'
import type { Profile, ProfilePatch } from '../../api/schemas/people.ts'
import { edit } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { People } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { Person } from './person.ts'

interface World {
  readonly people: People
}

/** Named one by one: whatever else stands with a person is not for showing. */
export const profileOf = (person: Person): Profile => {
  const { id, email, name, language, zone, createdAt, updatedAt, version } = person
  const { weekStart = 'MO', workingHours = null } = person
  return { id, email, name, language, zone, weekStart, workingHours, createdAt, updatedAt, version }
}

const answer = (person: Person): Outcome<Profile> => ({ body: profileOf(person), version: person.version })

export const getMe: UseCase<Ask, World, undefined, Profile> = {
  run: async ({ person }) => answer(person),
}

/** Without If-Match the last writer wins, field by field; with it, only over the version it names. */
export const editMe: UseCase<Ask<unknown, unknown, ProfilePatch>, World, undefined, Profile> = {
  run: async ({ ask, person }, _loaded, { people }) => {
    const patch = ask.body as Partial<Person>
    const decide = (present: Person): Person => {
      // Given up meanwhile: nobody writes a name into what is being forgotten.
      if (present.state !== 'active') throw new Failure('unauthenticated')
      const next = { ...present, ...patch }
      return isDeepStrictEqual(next, present)
        ? present
        : { ...next, updatedAt: ask.now, version: present.version + 1 }
    }
    return answer(await edit(person, ask.expected, decide, people.editPerson))
  },
}
