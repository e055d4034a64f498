import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Board, parseBoard } from '../../../../local/trello/board.ts'
import { projectKeyOf, tagsOf } from '../../../../local/trello/names.ts'
import { planImport } from '../../../../local/trello/plan.ts'
import { statusOfList } from '../../../../local/trello/status.ts'

const json = readFileSync(join(import.meta.dirname, '../../../data/trello-small.json'), 'utf8')
const board = parseBoard(json)
const plan = planImport(board)
const changed = (change: (raw: Board) => void): Board => {
  const raw = JSON.parse(json) as Board
  change(raw)
  return parseBoard(JSON.stringify(raw))
}
const task = (title: string) => plan.tasks.find(({ fields }) => fields.title === title)?.fields

test('lists and labels keep names of their own, however alike, long or absent theirs are', () => {
  const tags = [...tagsOf(board).values()]
  expect(new Set(tags).size).toBe(board.lists.length + board.labels.length)
  expect(tags).toEqual(
    expect.arrayContaining(['list:Harbour release 4', 'list:Harbour release 4 (2)', 'red', 'blue']),
  )
  expect(tags.every((tag) => [...tag].length <= 50)).toBe(true)
  const long = 'x'.repeat(80)
  const id = (number: number) => String(number).padStart(24, '0')
  const twins = [1, 2, 3].map((number) => ({ id: id(number), name: long, color: null }))
  const cut = [...tagsOf({ lists: [], labels: twins }).values()]
  expect(new Set(cut).size).toBe(3)
  expect(cut.every((tag) => [...tag].length <= 50)).toBe(true)
})

test.each([
  ['TODO 📚', 'open'],
  ['DOING ⚙️', 'in_progress'],
  ['DONE! 🙌🏽', 'done'],
  ['Won’t do', 'cancelled'],
  ['On hold', 'blocked'],
  ['Not done yet', 'open'],
  ['2015-07-07 Release', 'open'],
])('a list named %s means %s', (name, status) => {
  expect(statusOfList({ name })).toBe(status)
})

test('archived cards, and cards in archived lists, are cancelled; complete ones are done', () => {
  const byStatus = (status: string) =>
    plan.tasks.filter(({ fields }) => fields.status === status).map(({ fields }) => fields.title)
  expect(byStatus('cancelled')).toEqual(['Thrown away', 'Build a second mast'])
  expect(byStatus('done')).toEqual(['Buy a bell'])
  expect(byStatus('in_progress').sort()).toEqual(['Repair the winch', 'Weld the rudder'])
})

test('a description holds text, checklist, attachment, date and comments in that order', () => {
  const text = task('Paint the hull')?.description ?? ''
  const parts = [
    'Two coats.',
    '## Before painting\n\n- [x] Sand\n- [ ] Dry',
    '- [hull.pdf](https://example.com/hull.pdf)',
    'Due in Trello: 2024-05-02 09:00 UTC',
    '**Ana Duarte**, 2024-04-19 08:00 UTC:\n\nThe paint has come.',
    '**Bilal Haddad**, 2024-04-20 10:15 UTC:\n\nThird coat? 🤔',
  ]
  const places = parts.map((part) => text.indexOf(part))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
})

test('what the API would refuse is changed, and said', () => {
  const spoiled = planImport(
    changed(({ cards, name: _ }) => {
      const [first, second] = cards
      Object.assign(first ?? {}, {
        name: `${'é'.repeat(600)}`,
        desc: `nul \u0000 lone \ud800 ${'x'.repeat(70_000)}`,
      })
      Object.assign(second ?? {}, { name: '   ' })
    }),
  )
  const fields = spoiled.tasks.map((planned) => planned.fields)
  expect(fields.every(({ title }) => title !== '' && [...title].length <= 500)).toBe(true)
  for (const { description } of fields) {
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(65_536)
    expect(description.isWellFormed()).toBe(true)
    expect(description).not.toContain('\u0000')
  }
  expect(spoiled.notes.filter((note) => /title was/.test(note))).toHaveLength(2)
  expect(spoiled.notes.filter((note) => /64 KB/.test(note))).toHaveLength(1)
})

test('people and labels that are not in the file are left out, and said', () => {
  const strange = 'f'.repeat(24)
  const { tasks, notes } = planImport(
    changed(({ cards }) => {
      Object.assign(cards[0] ?? {}, { idMembers: [strange], idLabels: [strange] })
    }),
  )
  const planned = tasks.find(({ fields }) => fields.title === 'Paint the hull')
  expect(planned?.memberIds).toEqual([])
  expect(planned?.fields.tags).toEqual(['list:TODO 📚'])
  expect(notes.filter((note) => /left out$/.test(note))).toHaveLength(2)
})

test('every list and label stands in the project’s description, and the roles follow from the memberships', () => {
  for (const { name } of board.lists) expect(plan.project.description).toContain(name)
  for (const tag of tagsOf(board).values()) {
    if (!tag.startsWith('list:')) expect(plan.project.description).toContain(tag)
  }
  expect(plan.members.map(({ role }) => role)).toEqual(['admin', 'member', 'guest'])
})

test.each([
  ['FDA-Food-Recalls', 'FFR'],
  ['Harbour', 'HARBOUR'],
  ['2024 plans', 'TRELLO'],
  ['قائمة', 'TRELLO'],
  ['Ärger & Öl', 'AO'],
  ['A very long name of a board indeed it is', 'AVLNOABI'],
])('the board %s becomes the project %s', (name, key) => {
  expect(projectKeyOf(name)).toBe(key)
})

test.each([
  ['{}', 'id'],
  ['[]', 'the file'],
  [json.replace('"pos": 1024', '"pos": "top"'), 'lists.0.pos'],
])('what is no board is refused, naming the place', (text, place) => {
  expect(() => parseBoard(text)).toThrow(`This is no board export of Trello: ${place}`)
})
