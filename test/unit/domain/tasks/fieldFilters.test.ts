import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectTaskQuery } from '../../../../shared/api/schemas/task.ts'
import { checkFilters, filtersOf, passes } from '../../../../shared/domain/tasks/fieldFilters.ts'
import { idOf } from '../support/builders.ts'

const [one, two] = [idOf('customField', 'one'), idOf('customField', 'two')]
const parsed = (query: string) => filtersOf(projectTaskQuery.customField.parse(query))

test('filters stand side by side, and commas and colons in their values', () => {
  expect(parsed(`${one}:Rail, or road: both,${two}: 5 `)).toEqual([
    { fieldId: one, value: 'Rail, or road: both' },
    { fieldId: two, value: '5' },
  ])
  const values = fc.array(
    fc.string({ maxLength: 20 }).map((text) => text.trim()),
    { minLength: 1, maxLength: 5 },
  )
  fc.assert(
    fc.property(values, (given) => {
      const query = given.map((value) => `${one}:${value}`).join(',')
      expect(parsed(query)).toEqual(given.map((value) => ({ fieldId: one, value })))
    }),
  )
})

test.each([
  ['nothing', ''],
  ['no field', 'Rail'],
  ['a task', `${idOf('task', 'one')}:x`],
  ['no value', one],
  ['six', Array(6).fill(`${one}:x`).join(',')],
])('%s is no filter', (_what, query) => {
  expect(projectTaskQuery.customField.safeParse(query).success).toBe(false)
})

test.each([
  ['the same text', { [one]: 'Rail' }, 'Rail', true],
  ['text in other capitals', { [one]: 'Rail' }, 'rail', false],
  ['the same number, written otherwise', { [one]: 5 }, '5.0', true],
  ['another number', { [one]: 5 }, '6', false],
  ['text that looks like the number', { [one]: '5' }, '5', true],
  ['words for a number', { [one]: 5 }, 'five', false],
  ['no value, asked for none', {}, '', true],
  ['zero, asked for none', { [one]: 0 }, '', false],
  ['no value, asked for zero', {}, '0', false],
])('%s', (_what, customFields, value, isIn) => {
  expect(passes([{ fieldId: one, value }])({ customFields })).toBe(isIn)
})

test('all of them must fit', () => {
  const row = { customFields: { [one]: 'a', [two]: 'b' } }
  const filter = (value: string) => passes(parsed(`${one}:a,${two}:${value}`))(row)
  expect([filter('b'), filter('c')]).toEqual([true, false])
})

test('they are by fields of the project, and numbers where those are', () => {
  const field = { id: one, name: 'Weight', type: 'number' as const, options: [], required: false }
  checkFilters(parsed(`${one}:1e3`), [field])
  checkFilters(parsed(`${one}:`), [field])
  for (const query of [`${two}:x`, `${one}:heavy`]) {
    expect(() => checkFilters(parsed(query), [field])).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '?customField' })] }),
    )
  }
})
