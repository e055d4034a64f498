import { numbered } from '../../domain/audit/chain.ts'
import type { Consequences } from '../../domain/pipeline/consequences.ts'
import type { Derived, Numbered } from '../../domain/pipeline/derived.ts'
import { listOwnersOf } from '../../domain/pipeline/owners.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { everyPage } from '../everyPage.ts'
import * as keys from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import type { Item, Table, TransactionResult } from '../tablePort.ts'
import { headOf, moveOf } from './auditLines.ts'
import { eventWrites } from './eventLines.ts'
import { linkKeyOf, linkWrites } from './links.ts'
import { bytesPerTransaction, portions, writesPerTransaction } from './portions.ts'
import { rankStore } from './ranks.ts'
import { statisticsWrites } from './statistics.ts'
import { timerStore } from './timers.ts'

const attempts = 50
const pageSize = 100
/** About as many bytes as numbers and hashes of an event have. */
const hashBytes = 400

const humanIdLink = (task: Task): Item => ({
  ...keys.humanIdKey(task.workspaceId, task.key),
  itemType: 'humanId',
  taskId: task.id,
})

const isOfTask = (one: Numbered): one is Consequences => 'tallies' in one

/** Mark, line and log of an event of a comment or of the audit log; history line and log of a task's, with counters and links; the sequence. */
const sizeOf = (one: Numbered): { writes: number; bytes: number } => {
  const event = Buffer.byteLength(JSON.stringify(one.event)) + hashBytes
  if (!isOfTask(one)) return { writes: 4, bytes: 2 * event }
  const links = one.owners.length
  return {
    writes: 4 + one.tallies.projects.size + one.rollups.size + links,
    bytes: 2 * event + one.linkBytes * links,
  }
}

/** Splits a list so that each part fits one transaction. */
const parts = (all: readonly Numbered[]): Numbered[][] => {
  const result: Numbered[][] = []
  let writes = Number.POSITIVE_INFINITY
  let bytes = 0
  for (const one of all) {
    const own = sizeOf(one)
    if (writes + own.writes > writesPerTransaction || bytes + own.bytes > bytesPerTransaction) {
      result.push([])
      writes = 0
      bytes = 0
    }
    result.at(-1)?.push(one)
    writes += own.writes
    bytes += own.bytes
  }
  return result
}

interface Attempt {
  readonly result: TransactionResult
  /** Where among the writes each event begins. */
  readonly begins: readonly number[]
}

export const derivedStore = (table: Table): Derived => {
  /**
   * One transaction: the sequence moves from what was read, together with all that it numbers. Links beyond what
   * it can hold go first: they may be written at any time and again, so long as the event is not yet known as done.
   */
  const attempt = async (workspaceId: string, part: readonly Numbered[]): Promise<Attempt> => {
    const ofTasks = part.filter(isOfTask)
    const [present, links] = await Promise.all([
      table.get(keys.sequenceKey(workspaceId)),
      linkWrites(table, workspaceId, ofTasks),
    ])
    const { events, head } = numbered(
      headOf(workspaceId, present),
      part.map(({ event }) => event),
    )
    const lines = events.map(eventWrites)
    const begins = lines.map((_, index) => lines.slice(0, index).flat().length)
    const counted = [
      ...lines.flat(),
      moveOf(workspaceId, present, head),
      ...statisticsWrites(workspaceId, ofTasks),
    ]
    const largest = Math.max(0, ...ofTasks.map(({ linkBytes }) => linkBytes))
    const [beside = [], ...first] = portions(links, counted, largest)
    for (const portion of first) {
      const result = await table.transact(portion)
      if (!result.won) return { result, begins }
    }
    return { result: await table.transact([...counted, ...beside]), begins }
  }

  const applyPart = async (workspaceId: string, part: readonly Numbered[]): Promise<void> => {
    let left = part
    for (let n = 1; n <= attempts && left.length > 0; n++) {
      const { result, begins } = await attempt(workspaceId, left)
      if (result.won) return
      // What stands already was applied by an earlier delivery; the sequence moved is another consumer.
      const found = left.filter((_, index) => result.lost[begins[index] ?? 0] === undefined)
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
        const link = linkKeyOf(task.workspaceId, owner, task.id)
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
    copyPersonName: async ({ id, name }) => {
      const pk = keys.personKey(id).PK
      const range = { index: 'byPerson', pk, prefix: keys.workspaceKey('').PK, limit: pageSize } as const
      for await (const members of everyPage(table, range, ({ personKey }) => String(personKey)))
        await updateMembers(members, { name })
    },
    copyWorkspaceName: async ({ id, name }) => {
      const range = { pk: keys.workspaceKey(id).PK, prefix: keys.memberKey(id, '').SK, limit: pageSize }
      for await (const members of everyPage(table, range, ({ SK }) => SK))
        await updateMembers(members, { workspaceName: name })
    },
  }
}
