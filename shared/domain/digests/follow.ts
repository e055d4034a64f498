import type { Person } from '../account/person.ts'
import { pagesOf } from '../pages.ts'
import type { Change, MemberChange, Record } from '../pipeline/record.ts'
import type { AllStores } from '../ports.ts'
import { type DigestChoice, type DigestSettings, firstPlan, replanned } from './plan.ts'
import type { Digests } from './ports.ts'

export interface DigestWorld {
  readonly stores: Pick<AllStores, 'people' | 'workspaces'>
  readonly digests: Digests
}

const pageSize = 100

const settingsOf = ({ zone, weekStart = 'MO' }: Person, choice: DigestChoice): DigestSettings => ({
  ...choice,
  zone,
  weekStart,
})

/**
 * Brings the plan of one person in one workspace to where it has to be now, whatever the order in which changes are
 * told: none of who is no member, else one by their present settings. `since`: when that changed.
 */
const settle = async (
  workspaceId: string,
  userId: string,
  since: string,
  world: DigestWorld,
): Promise<void> => {
  const { digests, stores } = world
  for (;;) {
    const [member, person, choice, present] = await Promise.all([
      stores.workspaces.member(workspaceId, userId),
      stores.people.person(userId),
      digests.choice(workspaceId, userId),
      digests.plan(workspaceId, userId),
    ])
    if (member === undefined || person?.state !== 'active') {
      if (present === undefined || (await digests.drop(present)).won) return
      continue
    }
    const settings = settingsOf(person, choice)
    const next = present
      ? replanned(present, settings, since)
      : firstPlan({ workspaceId, userId }, settings, since)
    if (next === present) return
    if ((present ? await digests.replace(next) : await digests.add(next)).won) return
  }
}

const ofMember = async ({ before, after, by }: MemberChange, world: DigestWorld): Promise<void> => {
  const member = after ?? before
  if (member !== undefined) await settle(member.workspaceId, member.userId, by, world)
}

const ofPerson = async ({ before, after }: Change<Person>, world: DigestWorld): Promise<void> => {
  if (before === undefined || after === undefined) return
  if (before.zone === after.zone && before.weekStart === after.weekStart) return
  const page = (place?: string) => world.stores.workspaces.memberships(after.id, pageSize, place)
  for await (const items of pagesOf(page, ({ workspaceId }) => workspaceId)) {
    for (const { workspaceId } of items) await settle(workspaceId, after.id, after.updatedAt, world)
  }
}

/** What follows for the digests of somebody who comes, goes, has other clocks, or wants something else. */
export const followDigests = async (records: readonly Record[], world: DigestWorld): Promise<void> => {
  for (const record of records) {
    if (record.kind === 'member') await ofMember(record, world)
    if (record.kind === 'person') await ofPerson(record, world)
    if (record.kind === 'preferences' && record.after !== undefined) {
      const { workspaceId, userId, updatedAt } = record.after
      await settle(workspaceId, userId, updatedAt, world)
    }
  }
}
