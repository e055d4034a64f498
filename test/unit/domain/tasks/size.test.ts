import { expect, test } from 'vitest'
import { fitting } from '../../../../shared/domain/tasks/size.ts'
import { aTask } from '../support/builders.ts'

const kilobytes = (count: number, letter = 'x') => letter.repeat(count * 1000)
const holding = (description: string) => aTask({ description })
const refusal = (detail: RegExp) =>
  expect.objectContaining({ code: 'conflict', message: expect.stringMatching(detail) })
const attempt = (before: string, after: string) => () => fitting(holding(before), holding(after))

test('a task holds 350 KB', () => {
  expect(attempt('', kilobytes(340))).not.toThrow()
  expect(attempt('', kilobytes(351))).toThrow(refusal(/would hold more/))
})

test('one that holds more may be made smaller, and no larger', () => {
  const [larger, large] = [holding(kilobytes(380)), holding(kilobytes(375))]
  expect(() => fitting(larger, { ...larger, title: `${larger.title}!` })).toThrow(refusal(/would hold more/))
  expect(() => fitting(larger, { ...larger, status: 'done', title: '' })).not.toThrow()
  expect(() => fitting(large, large)).not.toThrow()
})

test('what the history tells of a change has as much room: what was and what is together', () => {
  expect(attempt(kilobytes(200), kilobytes(140, 'y'))).not.toThrow()
  expect(attempt(kilobytes(200), kilobytes(160, 'y'))).toThrow(refusal(/in several steps/))
  const large = holding(kilobytes(300))
  expect(() => fitting(large, { ...large, title: 'Another' })).not.toThrow()
})
