import type { Deletions } from '../../domain/account/deletionPorts.ts'
import type { Person } from '../../domain/account/person.ts'
import { departureOf } from '../../domain/workspaces/workspace.ts'
import { transacted, written } from '../codec.ts'
import { everyPage } from '../everyPage.ts'
import { addressPk, memberKey, personKey } from '../keys.ts'
import type { Item, Table, Write } from '../tablePort.ts'
import { personCodec } from './peopleByKey.ts'
import { counting, departureCodec, invitationCodec, seenAs } from './workspaces.ts'

const pageSize = 100
/** Deletions under way at once. */
const together = 10

/** What is left of a person: nothing that says who it was. */
const remains = (userId: string, { deletion, createdAt, sessionsFrom, version }: Person, now: string): Item =>
  personCodec.encode({
    id: userId,
    email: '',
    name: '',
    language: 'en',
    zone: 'UTC',
    state: 'deleted',
    ...(deletion && { deletion }),
    sessionsFrom,
    keptSession: null,
    createdAt,
    updatedAt: now,
    version: version + 1,
  })

export const deletionStore = (table: Table): Deletions => {
  /** Pages are read from the beginning each time: what was there is gone. */
  const pageUnder = async (pk: string): Promise<Item[]> => {
    const { items } = await table.query({ pk, limit: pageSize })
    return items.filter(({ SK }) => SK !== personKey('').SK)
  }

  return {
    close: (userId, owned, now) => {
      const deletion = { at: now, toldAt: null }
      const end = {
        update: personKey(userId),
        change: {
          set: { state: 'deleting', deletion, sessionsFrom: now, keptSession: null, updatedAt: now },
          add: { version: 1 },
        },
        condition: { equals: { state: 'active' } },
      } as const
      if (owned.length === 0)
        return written(table.update(end.update, end.change, end.condition), personCodec.decode)
      const leave = owned.flatMap(({ member, move }): Write[] => [
        { delete: memberKey(member.workspaceId, userId), condition: seenAs(member, member.version) },
        { put: departureCodec.encode(departureOf(member, { by: userId, at: now })) },
        counting(move),
      ])
      return transacted(() => table.transact([end, ...leave]), personCodec.decode)
    },
    noteTold: async ({ id, deletion }, now) => {
      const change = { set: { deletion: { ...deletion, toldAt: now } } }
      await table.update(personKey(id), change, { equals: { state: 'deleting' } })
    },
    invitationsTo: async (email) => {
      const range = { index: 'byPerson', pk: addressPk(email), limit: pageSize } as const
      const found: Item[] = []
      for await (const items of everyPage(table, range, ({ personKey }) => String(personKey)))
        found.push(...items)
      return found.map(invitationCodec.decode)
    },
    wipe: async (userId) => {
      const { PK } = personKey(userId)
      for (let page = await pageUnder(PK); page.length > 0; page = await pageUnder(PK)) {
        for (let from = 0; from < page.length; from += together) {
          const some = page.slice(from, from + together)
          await Promise.all(some.map(({ SK }) => table.delete({ PK, SK }, { present: true })))
        }
      }
    },
    bury: async (userId, now) => {
      const item = await table.get(personKey(userId))
      const person = item && personCodec.decode(item)
      if (person?.state !== 'deleting') return
      await table.put(remains(userId, person, now), { equals: { state: 'deleting' } })
    },
  }
}
