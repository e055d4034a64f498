import { describe, expect, test } from 'vitest'
import { allOf, pagesOf } from '../../../shared/domain/pages.ts'

/** A list of letters in pages of two. */
const listOf = (letters: string) => {
  const asked: (string | undefined)[] = []
  const page = async (after: string | undefined) => {
    asked.push(after)
    const rest = [...letters].filter((letter) => after === undefined || letter > after)
    return { items: rest.slice(0, 2), more: rest.length > 2 }
  }
  return { asked, page }
}
const itself = (letter: string): string => letter

describe('a list in pages', () => {
  test('is read to its end, each page behind the last entry of the one before', async () => {
    const { asked, page } = listOf('abcde')
    expect(await allOf(page, itself)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(asked).toEqual([undefined, 'b', 'd'])
  })

  test('is not asked for a page that does not exist', async () => {
    const { asked, page } = listOf('abcd')
    expect(await allOf(page, itself)).toEqual(['a', 'b', 'c', 'd'])
    expect(asked).toEqual([undefined, 'b'])
  })

  test('is read no further than it is looked at', async () => {
    const { asked, page } = listOf('abcde')
    for await (const letters of pagesOf(page, itself)) {
      expect(letters).toEqual(['a', 'b'])
      break
    }
    expect(asked).toEqual([undefined])
  })

  test('ends with a page that is empty, whatever it says of more', async () => {
    expect(await allOf(async () => ({ items: [], more: true }), itself)).toEqual([])
  })
})
