import type { Derived, Rerank } from '../../domain/pipeline/derived.ts'
import { listOwnersOf } from '../../domain/pipeline/owners.ts'
import type { LinkOwner } from '../../domain/ports.ts'
import * as keys from '../keys.ts'
import type { Table, Write } from '../tablePort.ts'
import { linkWrites } from './links.ts'
import { bytesPerTransaction } from './portions.ts'
import { placeIn } from './tasks.ts'

const writeOf = (projectId: string, { task, rank }: Rerank): Write => {
  const ranks = { ...task.ranks, [projectId]: rank }
  const { rankKey } = placeIn({ ...task, ranks }, { projectId: task.projectId })
  return {
    update: keys.taskKeyOf(task.workspaceId, task.id),
    change: { set: { ranks, rankKey }, add: { revision: 1 } },
    condition: { equals: { revision: task.revision } },
  }
}

/** Parts of the list, in its order, of which each fits one transaction: items count whole, whatever changes of them. */
const parts = (all: readonly Rerank[]): Rerank[][] => {
  const result: Rerank[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of all) {
    const size = Buffer.byteLength(JSON.stringify(one.task))
    if (bytes + size > bytesPerTransaction) {
      result.push([])
      bytes = 0
    }
    result.at(-1)?.push(one)
    bytes += size
  }
  return result
}

/** Whether a link in the list of this owner stands where the rank in one of these projects puts it. */
const follows = (owner: LinkOwner, home: string, projectIds: readonly string[]): boolean => {
  if ('projectId' in owner) return projectIds.includes(owner.projectId)
  return 'parentId' in owner && projectIds.includes(home)
}

/** Writes of the stream consumer that keep ranks short. */
export const rankStore = (table: Table): Pick<Derived, 'rerank' | 'placeLinks'> => ({
  rerank: async (projectId, all) => {
    for (const part of parts(all)) {
      if (!(await table.transact(part.map((one) => writeOf(projectId, one)))).won) return false
    }
    return true
  },
  placeLinks: async (task, projectIds) => {
    const owners = listOwnersOf(task).filter((owner) => follows(owner, task.projectId, projectIds))
    const part = [{ event: { taskId: task.id }, owners }]
    for (const write of await linkWrites(table, task.workspaceId, part)) {
      if ('put' in write) await table.put(write.put)
    }
  },
})
