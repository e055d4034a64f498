import type { Role } from '../../../../../shared/api/actions.ts'
import type { RouteDeclaration } from '../../../../../shared/api/declaration.ts'
import { memberKey, workspaceKey } from '../../../../../shared/data/keys.ts'
import { workspaceStore } from '../../../../../shared/data/stores/workspaces.ts'
import { memberCodec, workspaceCodec } from '../../../../../shared/data/stores/workspacesByKey.ts'
import type { Table } from '../../../../../shared/data/tablePort.ts'
import type { AllStores } from '../../../../../shared/domain/ports.ts'
import type { UseCase } from '../../../../../shared/domain/useCase.ts'
import { isActive, type Member } from '../../../../../shared/domain/workspaces/workspace.ts'
import { authorise } from '../../../../../shared/http/authorise.ts'
import { memoryTable } from '../../../data/support/memoryTable.ts'
import {
  aMember,
  anAsk,
  aPerson,
  aSession,
  aWorkspace,
  minutes,
  userOf,
  workspaceId,
} from '../../support/builders.ts'

export const named = (name: string, role: Role, changes: Partial<Member> = {}): Member =>
  aMember({ userId: userOf(name), name, role, ...changes })

interface Act {
  readonly body?: unknown
  readonly expected?: number
  /** What the path says in place of the member's id. */
  readonly as?: string
}

/**
 * A workspace in a table of its own, whose members do things to one another as the kernel would let them.
 * @param between puts something between the stores and the table
 */
export const workspaceOf = async (
  members: readonly Member[],
  between: (table: Table) => Table = (table) => table,
) => {
  const { table } = memoryTable()
  const countOf = (all: readonly Member[]) =>
    all.filter((one) => one.role === 'owner' && isActive(one)).length
  for (const member of members) await table.put(memberCodec.encode(member))
  await table.put(workspaceCodec.encode(aWorkspace({ owners: countOf(members) })))
  const workspaces = workspaceStore(between(table))
  const stores = { workspaces } as AllStores

  /** Reads what a request reads; what comes back finishes it. */
  const begin = async (
    route: RouteDeclaration,
    useCase: unknown,
    by: string,
    name: string,
    { body = {}, expected, as = userOf(name) }: Act = {},
  ) => {
    const given = { params: { workspaceId, userId: as }, query: {}, body }
    const ask = anAsk({ ...given, userId: userOf(by), now: minutes(5), expected })
    const { load, about, run } = useCase as UseCase<typeof ask, AllStores, unknown, unknown>
    const [loaded, member] = await Promise.all([
      load?.(ask, stores),
      workspaces.member(workspaceId, userOf(by)),
    ])
    return async () => {
      const person = aPerson({ id: userOf(by) })
      authorise(route.access, { person, session: aSession(), member }, ask, () => about?.(loaded, ask) ?? {})
      return run({ ask, person, member: member as Member }, loaded, stores)
    }
  }
  const act = async (...given: Parameters<typeof begin>) => (await begin(...given))()
  const member = async (name: string): Promise<Member | undefined> => {
    const item = await table.get(memberKey(workspaceId, userOf(name)))
    return item && memberCodec.decode(item)
  }
  const owners = async () => {
    const all = await Promise.all(members.map(({ name }) => member(name)))
    return countOf(all.filter((one) => one !== undefined))
  }
  const counted = async () => Number((await table.get(workspaceKey(workspaceId)))?.owners)
  return { table, stores, begin, act, member, owners, counted }
}
export type WorkspaceWorld = Awaited<ReturnType<typeof workspaceOf>>
