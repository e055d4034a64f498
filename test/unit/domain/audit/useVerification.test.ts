import { beforeEach, describe, expect, test } from 'vitest'
import type { Verification } from '../../../../shared/api/schemas/audit.ts'
import { auditPk, eventKey, sequenceKey } from '../../../../shared/data/keys.ts'
import { auditStore } from '../../../../shared/data/stores/audit.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { logStore } from '../../../../shared/data/stores/log.ts'
import type { Item, Table } from '../../../../shared/data/tablePort.ts'
import { memberAudit } from '../../../../shared/domain/audit/members.ts'
import { verifyAudit } from '../../../../shared/domain/audit/useVerification.ts'
import { verifyHistory } from '../../../../shared/domain/audit/useWholeVerification.ts'
import { type Late, lateTable } from '../../data/support/lateTable.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { aMember, minutes, userOf, workspaceId } from '../support/builders.ts'
import { walked } from '../support/walk.ts'

const count = 8
/** The last ones come in one transaction. */
const together = 4
const joined = Array.from({ length: count }, (_, n) => {
  const after = aMember({ userId: userOf(`p${n}`), joinedAt: minutes(n) })
  return memberAudit({ after, by: minutes(n) }).map((event) => ({ event }))
}).flat()

let memory: ReturnType<typeof memoryTable>
/** The sequence as it was before the transaction. */
let headBefore: Item | undefined
beforeEach(async () => {
  memory = memoryTable()
  const derived = derivedStore(memory.table)
  await derived.apply(workspaceId, joined.slice(0, -together))
  headBefore = await memory.table.get(sequenceKey(workspaceId))
  await derived.apply(workspaceId, joined.slice(-together))
})

const worldOf = (table: Table) => ({ audit: auditStore(table), log: logStore(table) })
const linesIn = async (pk: string) => (await memory.table.query({ pk, limit: 100 })).items
const walks = [
  {
    name: 'the audit log',
    lines: () => linesIn(auditPk(workspaceId)),
    walk: (table: Table) => walked(verifyAudit, { workspaceId }, worldOf(table)),
  },
  {
    name: 'the whole log',
    lines: () => linesIn(eventKey(workspaceId, 1).PK),
    walk: (table: Table) => walked(verifyHistory, { workspaceId }, worldOf(table)),
  },
]
const isValid = (answers: readonly Verification[], upTo = [count]) => {
  expect(answers.map(({ valid }) => valid)).not.toContain(false)
  expect(upTo).toContain(answers.reduce((sum, { checked }) => sum + checked, 0))
  expect(upTo).toContain(answers.at(-1)?.last?.sequence)
}

describe.each(walks)('$name', ({ lines, walk }) => {
  test('is valid when all of it is seen', async () => {
    isValid(await walk(memory.table))
  })

  test('is valid whatever part of a transaction is seen first', async () => {
    const all = await lines()
    const head: Late = { key: sequenceKey(workspaceId), was: headBefore }
    for (let part = 1; part < 2 ** (together + 1); part++) {
      const written = [...all.slice(-together).map((key): Late => ({ key })), head]
      const late = written.filter((_, index) => part & (2 ** index))
      // Without its end and its beginning it may as well not be written yet.
      const upTo = late.includes(head) ? [count - together, count] : [count]
      isValid(await walk(lateTable(memory.table, late)), upTo)
    }
  })

  test('is valid when a further part of it is seen with the second look only', async () => {
    const [sixth, eighth] = [(await lines())[5] as Item, (await lines())[7] as Item]
    let looks = 0
    const table: Table = {
      ...memory.table,
      query: async (range) => {
        const { items, more } = await memory.table.query(range)
        const hidden = [sixth, eighth][looks++]
        return { items: items.filter(({ SK }) => SK !== hidden?.SK), more }
      },
    }
    isValid(await walk(table))
  })

  test.each([
    ['was changed', (line: Item) => ({ ...line, by: null })],
    ['has lost its number', ({ sequence: _, ...line }: Item) => line as Item],
  ])('is broken at one that %s, wherever it stands', async (_how, change) => {
    for (const [index, line] of (await lines()).entries()) {
      await memory.table.put(change(line))
      // Also when the look begins with something that only seems wrong.
      for (const late of [[], [{ key: (await lines())[1] as Item }]]) {
        const answers = await walk(lateTable(memory.table, late))
        expect(answers.at(-1), `line ${index}`).toMatchObject({ valid: false, brokenAt: index + 1 })
        expect(answers.slice(0, -1).every(({ valid }) => valid)).toBe(true)
      }
      await memory.table.put(line)
    }
  })

  test('is broken where one was taken out', async () => {
    for (const [index, line] of (await lines()).entries()) {
      memory.items.delete(JSON.stringify([line.PK, line.SK]))
      expect((await walk(memory.table)).at(-1), `line ${index}`).toMatchObject({ valid: false })
      await memory.table.put(line)
    }
  })

  test('is broken at the end when the sequence names another one', async () => {
    const head = (await memory.table.get(sequenceKey(workspaceId))) as Item
    await memory.table.put({ ...head, hash: 'x', auditHash: 'x' })
    expect((await walk(memory.table)).at(-1)).toMatchObject({ valid: false, brokenAt: count })
    await memory.table.put({ ...(headBefore as Item) })
    expect((await walk(memory.table)).at(-1)).toMatchObject({ valid: false, brokenAt: count - together + 1 })
  })
})
