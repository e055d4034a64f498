import { describe, expect, it } from 'vitest'
import { problems } from '../../../shared/api/problems.ts'
import { languages } from '../../../shared/i18n/language.ts'
import { problemTitles } from '../../../shared/i18n/problems.ts'

describe('problem titles', () => {
  it.each(languages)('cover exactly the catalogue in %s, each once', (language) => {
    const titles = problemTitles[language]
    expect(Object.keys(titles).sort()).toEqual(Object.keys(problems).sort())
    expect(new Set(Object.values(titles)).size).toBe(Object.keys(problems).length)
    for (const title of Object.values(titles)) expect(title).toMatch(/^\S.*[^\s.]$/u)
  })

  it('are those of the catalogue in English and other words elsewhere', () => {
    expect(problemTitles.en['not-found']).toBe(problems['not-found'].title)
    for (const language of languages.filter((other) => other !== 'en')) {
      const same = Object.entries(problemTitles[language]).filter(([code, title]) => {
        return title === problems[code as keyof typeof problems].title
      })
      expect(same).toEqual([])
    }
  })

  it('keep the technical words of the English title', () => {
    for (const language of languages) {
      const titles = problemTitles[language]
      expect(titles['malformed-json']).toContain('JSON')
      expect(titles['body-too-large']).toContain('256')
      expect(titles['unsupported-media-type']).toContain('application/json')
      expect(titles['idempotency-mismatch']).toContain('Idempotency-Key')
    }
  })
})
