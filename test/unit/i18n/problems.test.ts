import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { type ProblemCode, problems } from '../../../shared/api/problems.ts'
import { problemTitles, titlesFile } from '../../../shared/i18n/problems.ts'
import { problemTitle } from '../../support/problemTitle.ts'

const codes = Object.keys(problems) as ProblemCode[]

describe('the titles of problems', () => {
  it.each(languages)('are there once for each problem in %s', (language) => {
    const titles = codes.map((code) => problemTitle(code, language))
    expect(new Set(titles).size).toBe(codes.length)
    for (const title of titles) expect(title).toMatch(/^\S.*[^\s.]$/u)
  })

  it('in English are those of the catalogue', () => {
    for (const code of codes) expect(problemTitle(code, 'en')).toBe(problems[code].title)
  })

  it('have other words in each other language', () => {
    for (const code of codes) {
      expect(new Set(languages.map((language) => problemTitle(code, language))).size).toBe(languages.length)
    }
  })

  it('keep the technical words of the English title', () => {
    for (const language of languages) {
      expect(problemTitle('malformed-json', language)).toContain('JSON')
      expect(problemTitle('body-too-large', language)).toContain('256')
      expect(problemTitle('unsupported-media-type', language)).toContain('application/json')
      expect(problemTitle('idempotency-mismatch', language)).toContain('Idempotency-Key')
    }
  })

  it('are read once, and not before one is needed that is not English', () => {
    const read: string[] = []
    const title = problemTitles((path) => {
      read.push(path)
      return '{"de": {"forbidden": "Nein"}, "fr": {"forbidden": "Non"}}'
    })
    expect(title('forbidden', 'en')).toBe(problems.forbidden.title)
    expect(read).toEqual([])
    expect([title('forbidden', 'de'), title('forbidden', 'fr')]).toEqual(['Nein', 'Non'])
    expect(read).toEqual([titlesFile])
  })
})
