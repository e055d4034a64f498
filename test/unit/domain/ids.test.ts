import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as schemas from '../../../shared/api/schemas/ids.ts'
import { derivedSeed, makeId, randomPartOf, randomSeed } from '../../../shared/domain/ids.ts'

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })
const seed = fc.uint8Array({ minLength: 10, maxLength: 10 })

test('ids sort by their time, whatever their seeds', () => {
  fc.assert(
    fc.property(time, time, seed, seed, (a, b, x, y) => {
      fc.pre(a !== b)
      expect(makeId('task', a, x) < makeId('task', b, y)).toBe(a < b)
    }),
  )
})

test('each has the form of its kind, and the last sixteen characters say the seed and nothing else', () => {
  fc.assert(
    fc.property(time, time, seed, seed, (a, b, x, y) => {
      for (const [kind, schema] of [
        ['workspace', schemas.workspaceId],
        ['project', schemas.projectId],
        ['task', schemas.taskId],
        ['invitation', schemas.invitationId],
        ['reminder', schemas.reminderId],
      ] as const) {
        expect(schema.safeParse(makeId(kind, a, x)).success).toBe(true)
      }
      const same = Buffer.compare(x, y) === 0
      expect(randomPartOf(makeId('task', a, x)) === randomPartOf(makeId('task', b, y))).toBe(same)
    }),
  )
})

test('a derived seed is the same for the same parts only, however they are cut', () => {
  const parts = fc.array(fc.string(), { maxLength: 3 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(Buffer.compare(derivedSeed(...a), derivedSeed(...b)) === 0).toBe(same)
    }),
  )
  expect(derivedSeed('ab', 'c')).not.toEqual(derivedSeed('a', 'bc'))
  expect(derivedSeed('x')).toHaveLength(10)
})

test('random seeds do not repeat', () => {
  const drawn = Array.from({ length: 10_000 }, () => Buffer.from(randomSeed()).toString('hex'))
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(drawn[0]).toHaveLength(20)
})
