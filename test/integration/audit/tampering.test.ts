import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditKey, sequenceKey } from '../../../shared/data/keys.ts'
import { headOf } from '../../../shared/data/stores/auditLines.ts'
import type { Item } from '../../../shared/data/tablePort.ts'
import { numbered } from '../../../shared/domain/audit/chain.ts'
import { type AuditTeam, startAuditTeam } from './auditTeam.ts'

let team: AuditTeam
let lines: Item[]
beforeAll(async () => {
  team = await startAuditTeam()
  for (let n = 0; n < 7; n++) {
    await team.app.join(await team.app.person(`P${n}`), team.workspaceId, 'member')
    if (n % 2 === 0) await team.task(`Task ${n}`)
  }
  await team.app.drain()
  lines = await team.lines()
})
afterAll(() => team.app.close())

const keyOf = ({ PK, SK }: Item) => ({ PK, SK })
/** Changes the table behind everybody's back, looks, and puts it back as it was. */
const tampered = async (writes: readonly Item[], deleted: readonly Item[] = []) => {
  for (const item of deleted) await team.app.table.delete(keyOf(item), { present: true })
  for (const item of writes) await team.app.table.put(item)
  const answers = await team.verify()
  for (const item of [...writes, ...deleted]) {
    const whole = lines.find(({ SK }) => SK === item.SK)
    if (whole === undefined) await team.app.table.delete(keyOf(item), { present: true })
    else await team.app.table.put(whole)
  }
  return answers.at(-1)
}
const lineAt = (index: number): Item => {
  const line = lines.at(index)
  if (line === undefined) throw new Error(`no line ${index}`)
  return line
}

describe('the audit log as it was written', () => {
  test('is valid from its first entry to its last, with events of tasks in between', async () => {
    const [first, last] = [lineAt(0), lineAt(-1)]
    expect(Number(last.sequence)).toBeGreaterThan(lines.length)
    expect(await team.verify()).toEqual([
      {
        valid: true,
        checked: lines.length,
        first: { sequence: first.sequence, hash: first.hash },
        last: { sequence: last.sequence, hash: last.hash },
      },
    ])
  })
})

describe('tampering is found at the entry', () => {
  test('that was changed in whatever it tells', async () => {
    const told = ['type', 'at', 'by', 'about', 'changes', 'orderedAt', 'id', 'workspaceId', 'sequence']
    for (const [index, line] of lines.entries()) {
      const field = told[index % told.length] as string
      const answer = await tampered([{ ...line, [field]: field === 'sequence' ? 1_000_000 : 'other' }])
      expect([field, answer?.valid], field).toEqual([field, false])
      expect(answer?.brokenAt, field).toBe(field === 'sequence' ? 1_000_000 : line.sequence)
    }
  })

  test('that got something more, or less', async () => {
    const { by: _, ...less } = lineAt(2)
    expect((await tampered([{ ...lineAt(1), note: 'all was well' }]))?.brokenAt).toBe(lineAt(1).sequence)
    expect((await tampered([less as Item]))?.brokenAt).toBe(lineAt(2).sequence)
  })

  test('behind one that was taken out, wherever that stood', async () => {
    for (const [index, line] of lines.entries()) {
      const answer = await tampered([], [line])
      // Of the last one the sequence knows.
      const found = lines[index + 1] ?? line
      expect([answer?.valid, answer?.brokenAt], `line ${index}`).toEqual([false, found.sequence])
    }
  })

  test('behind the first that is left, when the beginning was taken out; at the end, when that was', async () => {
    expect((await tampered([], lines.slice(0, 3)))?.brokenAt).toBe(lineAt(3).sequence)
    expect((await tampered([], lines.slice(-3)))?.brokenAt).toBe(lineAt(-1).sequence)
    expect(await tampered([], lines)).toEqual({
      valid: false,
      checked: 0,
      first: null,
      last: null,
      brokenAt: lineAt(-1).sequence,
    })
  })

  test('the first of two that have changed places', async () => {
    for (let index = 1; index < lines.length; index++) {
      const [one, other] = [lineAt(index - 1), lineAt(index)]
      const swapped = [
        { ...other, ...keyOf(one) },
        { ...one, ...keyOf(other) },
      ]
      expect((await tampered(swapped))?.brokenAt, `lines ${index - 1}, ${index}`).toBe(other.sequence)
    }
  })

  test('that was put in between, also with hashes of its own', async () => {
    const before = lineAt(3)
    const sequence = Number(before.sequence) + 0.5
    const key = { PK: before.PK, SK: `${before.SK}5` }
    expect((await tampered([{ ...before, ...key, sequence }]))?.valid).toBe(false)
    const head = {
      ...headOf(team.workspaceId, undefined),
      sequence: sequence - 1,
      hash: String(before.previousHash),
      auditHash: String(before.hash),
    }
    const { PK: _, SK: __, itemType, ...told } = before
    const { orderedAt: ___, ...draft } = told as Record<string, unknown>
    const forged = numbered(head, [{ ...draft, by: null } as never]).events[0]
    const answer = await tampered([{ ...(forged as object), ...key, itemType } as Item])
    // It fits behind the one before; what follows does not fit behind it.
    expect(answer).toMatchObject({ valid: false, brokenAt: lineAt(4).sequence })
  })

  test('that was made anew at the end, with hashes of its own', async () => {
    const last = lineAt(-1)
    const head = {
      ...headOf(team.workspaceId, undefined),
      sequence: Number(last.sequence) - 1,
      hash: String(last.previousHash),
      auditHash: String(lineAt(-2).hash),
    }
    const { PK, SK, itemType, ...draft } = last
    const forged = numbered(head, [{ ...draft, by: null } as never]).events[0]
    const answer = await tampered([{ ...(forged as object), PK, SK, itemType } as Item])
    expect(answer).toMatchObject({ valid: false, brokenAt: last.sequence })
  })

  test('that was put behind the end, with hashes of its own', async () => {
    const { PK, SK, itemType, sequence: _, ...told } = lineAt(-1)
    const head = headOf(team.workspaceId, await team.app.table.get(sequenceKey(team.workspaceId)))
    const forged = numbered(head, [{ ...told, by: null } as never]).events[0]
    const answer = await tampered([{ ...(forged as object), PK, SK: `${SK}5`, itemType } as Item])
    expect(answer).toMatchObject({ valid: false, brokenAt: head.sequence + 1 })
  })

  test('nothing of which is left behind by these tests', async () => {
    expect(await team.lines()).toEqual(lines)
    expect((await team.verify()).every(({ valid }) => valid)).toBe(true)
    const head = await team.app.table.get(sequenceKey(team.workspaceId))
    expect(head?.auditSequence).toBe(lineAt(-1).sequence)
    expect(lineAt(0)).toMatchObject(auditKey(team.workspaceId, String(lineAt(0).orderedAt), 1))
  })
})
