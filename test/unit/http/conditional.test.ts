import { describe, expect, test } from 'vitest'
import { etagOf, expectedVersion, isNotModified } from '../../../shared/http/conditional.ts'

describe('If-Match', () => {
  test.each([
    [undefined, undefined],
    ['*', undefined],
    [' * ', undefined],
    ['"1"', 1],
    [' "42" ', 42],
  ])('%s asks for version %s', (header, version) => {
    expect(expectedVersion(header)).toBe(version)
  })

  test.each([
    '',
    '1',
    'W/"1"',
    '"1", "2"',
    '"-1"',
    '"1.5"',
    '"a"',
    '"',
    '"1"x',
    '"9999999999999999"',
    '"１"',
  ])('%s is refused rather than guessed at', (header) => {
    expect(() => expectedVersion(header)).toThrow(
      expect.objectContaining({
        code: 'invalid-request',
        errors: [expect.objectContaining({ pointer: 'If-Match' })],
      }),
    )
  })

  test('reads back every tag that is written', () => {
    for (const version of [1, 2, 9, 10, 99_999, 1e14]) expect(expectedVersion(etagOf(version))).toBe(version)
  })
})

describe('If-None-Match', () => {
  test.each([
    ['"3"', true],
    ['W/"3"', true],
    ['"1", "3"', true],
    ['*', true],
    ['"33"', false],
    ['3', false],
    ['"1", "2"', false],
    ['', false],
  ])('%s of version 3: %s', (header, result) => {
    expect(isNotModified(header, 3)).toBe(result)
  })

  test('says nothing of what has no version', () => {
    expect(isNotModified('*', undefined)).toBe(false)
    expect(isNotModified(undefined, 3)).toBe(false)
  })
})
