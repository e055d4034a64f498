import type { Consequences } from '../../domain/pipeline/consequences.ts'
import type { Derived } from '../../domain/pipeline/derived.ts'
import { listOwnersOf } from '../../domain/pipeline/owners.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { ttlOf } from '../codec.ts'
import * as keys from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import type { Item, Table, TransactionResult, Write } from '../tablePort.ts'
import { historyCodec } from './history.ts'
import { linkWrites } from './links.ts'
import { bytesPerTransaction, portions, writesPerTransaction } from './portions.ts'
import { rankStore } from './ranks.ts'
import { statisticsWrites } from './statistics.ts'
import { timerStore } from './timers.ts'

const attempts = 50
const logDays = 30

const humanIdLink = (task: Task): Item => ({
  ...keys.humanIdKey(task.workspaceId, task.key),
  itemType: 'humanId',
  taskId: task.id,
})

const eventWrites = ({ event }: Consequences, sequence: number): Write[] => {
  const numbered = historyCodec.encode({ ...event, sequence })
  const kept = new Date(Date.parse(event.at) + logDays * 86_400_000).toISOString()
  return [
    // The history line of a version exists once: whatever was applied before is found here.
    { put: numbered, condition: { absent: true } },
    { put: { ...numbered, ...keys.eventKey(event.workspaceId, sequence), ttl: ttlOf(kept) } },
  ]
}

/** Splits a list so that each part fits one transaction. */
const parts = (all: readonly Consequences[]): Consequences[][] => {
  const result: Consequences[][] = []
  let writes = Number.POSITIVE_INFINITY
  let bytes = 0
  for (const one of all) {
    const links = one.owners.length
    // History line and log; the sequence; statistics of the workspace and of its projects; roll-ups.
    const own = 4 + one.tallies.projects.size + one.rollups.size + links
    const size = 2 * Buffer.byteLength(JSON.stringify(one.event)) + one.linkBytes * links
    if (writes + own > writesPerTransaction || bytes + size > bytesPerTransaction) {
      result.push([])
      writes = 0
      bytes = 0
    }
    result.at(-1)?.push(one)
    writes += own
    bytes += size
  }
  return result
}

export const derivedStore = (table: Table): Derived => {
  /**
   * One transaction: the sequence moves from what was read, together with all that it numbers. Links beyond what
   * it can hold go first: they may be written at any time and again, so long as the event is not yet known as done.
   */
  const attempt = async (workspaceId: string, part: readonly Consequences[]): Promise<TransactionResult> => {
    const key = keys.sequenceKey(workspaceId)
    const [present, links] = await Promise.all([table.get(key), linkWrites(table, workspaceId, part)])
    const last = Number(present?.sequence ?? 0)
    const move: Write = {
      put: { ...key, itemType: 'sequence', sequence: last + part.length },
      condition: present === undefined ? { absent: true } : { equals: { sequence: last } },
    }
    const counted = [
      ...part.flatMap((one, index) => eventWrites(one, last + 1 + index)),
      move,
      ...statisticsWrites(workspaceId, part),
    ]
    const largest = Math.max(...part.map(({ linkBytes }) => linkBytes))
    const [beside = [], ...first] = portions(links, counted, largest)
    for (const portion of first) {
      const result = await table.transact(portion)
      if (!result.won) return result
    }
    return table.transact([...counted, ...beside])
  }

  const applyPart = async (workspaceId: string, part: readonly Consequences[]): Promise<void> => {
    let left = part
    for (let n = 1; n <= attempts && left.length > 0; n++) {
      const result = await attempt(workspaceId, left)
      if (result.won) return
      // A history line that stands already was applied by an earlier delivery; the sequence moved is another consumer.
      const found = left.filter((_, index) => result.lost[2 * index] === undefined)
      if (found.length === left.length) await beforeAttempt(n)
      left = found
    }
    if (left.length > 0) throw new Error('the sequence of a workspace stayed contested')
  }

  const updateMembers = async (members: readonly Item[], set: Record<string, unknown>): Promise<void> => {
    await Promise.all(members.map(({ PK, SK }) => table.update({ PK, SK }, { set }, { present: true })))
  }

  return {
    ...rankStore(table),
    apply: async (workspaceId, all) => {
      for (const part of parts(all)) await applyPart(workspaceId, part)
    },
    holdsNumber: async (task) => {
      const number = Number(task.key.slice(task.key.lastIndexOf('-') + 1))
      const claim = await table.get(keys.numberKey(task.workspaceId, task.projectId, number))
      return claim?.taskId === task.id
    },
    linkKey: async (task) => {
      // The record may be behind the task: what is gone is found by no human id, and what was moved since shows in
      // its links the human id it has now.
      const present = await table.get(keys.taskKeyOf(task.workspaceId, task.id))
      if (present?.id !== task.id) return
      await table.put(humanIdLink(task))
      if (present.key !== task.key) return
      for (const owner of listOwnersOf(task)) {
        const link = keys.linkKey(task.workspaceId, owner, task.id)
        await table.update(link, { set: { key: task.key } }, { present: true })
      }
    },
    runningTimer: timerStore(table).running,
    freeTimer: async ({ workspaceId, userId, timeEntryId }) => {
      const key = keys.timerKey(workspaceId, userId)
      // Most timers have given it back by themselves: a read is cheaper than a deletion that is refused.
      if ((await table.get(key))?.timeEntryId !== timeEntryId) return
      await table.delete(key, { equals: { timeEntryId } })
    },
    copyPersonName: async (person) => {
      let after: string | undefined
      do {
        const { items, more } = await table.query({
          index: 'byPerson',
          pk: keys.personKey(person.id).PK,
          prefix: keys.workspaceKey('').PK,
          ...(after !== undefined && { after }),
          limit: 100,
        })
        await updateMembers(items, { name: person.name })
        after = more ? String(items.at(-1)?.personKey) : undefined
      } while (after !== undefined)
    },
    copyWorkspaceName: async (workspace) => {
      let after: string | undefined
      do {
        const { items, more } = await table.query({
          pk: keys.workspaceKey(workspace.id).PK,
          prefix: keys.memberKey(workspace.id, '').SK,
          ...(after !== undefined && { after }),
          limit: 100,
        })
        await updateMembers(items, { workspaceName: workspace.name })
        after = more ? items.at(-1)?.SK : undefined
      } while (after !== undefined)
    },
  }
}
