import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { type ProblemCode, problems } from '../../../shared/api/problems.ts'
import { problemTitles } from '../../../shared/i18n/problems.ts'

const codes = Object.keys(problems) as ProblemCode[]

describe('problemTitles', () => {
  it.each(languages)('has one title for each problem in %s', (language) => {
    const titles = codes.map((code) => problemTitles[language][code])
    expect(new Set(titles).size).toBe(codes.length)
    for (const title of titles) expect(title).toMatch(/^\S.*[^\s.]$/u)
  })

  it('takes the English ones from the catalogue', () => {
    for (const code of codes) expect(problemTitles.en[code]).toBe(problems[code].title)
  })

  it('has other words in each other language', () => {
    for (const code of codes) {
      expect(new Set(languages.map((language) => problemTitles[language][code])).size).toBe(languages.length)
    }
  })

  it('keeps the technical words of the English title', () => {
    for (const language of languages) {
      expect(problemTitles[language]['malformed-json']).toContain('JSON')
      expect(problemTitles[language]['body-too-large']).toContain('256')
      expect(problemTitles[language]['unsupported-media-type']).toContain('application/json')
      expect(problemTitles[language]['idempotency-mismatch']).toContain('Idempotency-Key')
    }
  })
})
