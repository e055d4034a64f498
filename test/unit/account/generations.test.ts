import { expect, test } from 'vitest'
import {
  firstGeneration,
  graceMs,
  nextGeneration,
  standingOf,
} from '../../../shared/domain/account/generations.ts'

const start = Date.parse('2026-11-21T09:00:00.000Z')
const after = (milliseconds: number): string => new Date(start + milliseconds).toISOString()

/** A session whose generations were issued so many milliseconds after it began. */
const issued = (...times: number[]) =>
  times.reduce((session, time) => nextGeneration(session, after(time)), firstGeneration(after(0)))

test('a session begins with its first generation, which is current for ever', () => {
  const session = firstGeneration(after(0))
  expect(session).toEqual({ generation: 1, generationsIssuedAt: [after(0)] })
  expect(standingOf(1, session, after(86_400_000))).toBe('current')
})

test('a generation is in grace until thirty seconds after its successor was first issued, to the millisecond', () => {
  expect(graceMs).toBe(30_000)
  const session = issued(100_000)
  expect(standingOf(1, session, after(130_000))).toBe('graced')
  expect(standingOf(1, session, after(130_001))).toBe('reused')
  expect(standingOf(2, session, after(130_001))).toBe('current')
})

test('of several generations in quick succession each has its own grace', () => {
  const session = issued(10_000, 20_000, 35_000)
  const at = (time: number) => [1, 2, 3, 4].map((generation) => standingOf(generation, session, after(time)))
  expect(at(40_000)).toEqual(['graced', 'graced', 'graced', 'current'])
  expect(at(40_001)).toEqual(['reused', 'graced', 'graced', 'current'])
  expect(at(50_001)).toEqual(['reused', 'reused', 'graced', 'current'])
  expect(at(65_001)).toEqual(['reused', 'reused', 'reused', 'current'])
})

test('what was never issued is unknown, also where a session has no generations', () => {
  expect(standingOf(3, issued(1_000), after(2_000))).toBe('unknown')
  expect(standingOf(1, {}, after(2_000))).toBe('unknown')
})

test('a session remembers no more than grace asks for, and ten times at most', () => {
  expect(issued(10_000, 50_000).generationsIssuedAt).toEqual([after(50_000)])
  const hasty = issued(...Array.from({ length: 25 }, (_, n) => n))
  expect(hasty).toMatchObject({ generation: 26 })
  expect(hasty.generationsIssuedAt).toHaveLength(10)
  expect(standingOf(17, hasty, after(25))).toBe('graced')
  expect(standingOf(15, hasty, after(25))).toBe('reused')
})

test('a clock that is behind makes no generation older than the one before it', () => {
  expect(issued(10_000, 9_000).generationsIssuedAt).toEqual([after(0), after(10_000), after(10_000)])
})
