import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { zone } from '../../../../shared/api/schemas/time.ts'
import { instantOf, overdueAt } from '../../../../shared/domain/time/instants.ts'

const isTaken = (name: string): boolean => z.safeParse(zone, name).success
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** `AAT` to `ZZT`, in both cases: most are nothing, some are zones, some only abbreviations that ICU knows. */
const short = letters.flatMap((a) => letters.flatMap((b) => [`${a}${b}T`, `${a}${b}T`.toLowerCase()]))
const names = [
  ...Intl.supportedValuesOf('timeZone'),
  ...short,
  'EST5EDT',
  'PST8PDT',
  'UCT',
  'Zulu',
  'PRC',
  'ROK',
]

test('in every zone that is taken, times can be told', () => {
  const taken = names.filter(isTaken)
  expect(taken.length).toBeGreaterThan(400)
  for (const name of taken) {
    expect(() => instantOf('2026-03-29T02:30', name)).not.toThrow()
    expect(() => overdueAt({ date: '2199-12-31', zone: name })).not.toThrow()
  }
})

test.each(['PST', 'JST', 'IST', 'cst', 'NET'])(
  'the abbreviation %s names no zone: IANA has none such',
  (name) => {
    expect(isTaken(name)).toBe(false)
  },
)

test.each(['Europe/Madrid', 'UTC', 'EST', 'MST', 'HST', 'CET', 'GMT', 'Etc/GMT-14'])('%s is one', (name) => {
  expect(isTaken(name)).toBe(true)
})
