import { describe, expect, it } from 'vitest'
import { type Language, languages } from '../../../shared/api/languages.ts'
import { messages } from '../../../shared/mail/say.ts'

/** Every text by its key, roles as `roles.owner`, changes of the second factor as `mfa.enabled.subject`. */
const textsOf = (language: Language): Readonly<Record<string, string>> => {
  const { roles, mfa, ...texts } = messages[language]
  return {
    ...texts,
    ...Object.fromEntries(Object.entries(roles).map(([role, name]) => [`roles.${role}`, name])),
    ...Object.fromEntries(
      Object.entries(mfa).flatMap(([change, { subject, intro }]) => [
        [`mfa.${change}.subject`, subject],
        [`mfa.${change}.intro`, intro],
      ]),
    ),
  }
}

const placeholders = (text = '') => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name).sort()

describe('messages', () => {
  it('are translated, but for words that two languages share', () => {
    const shared = languages.map((language) => {
      const texts = textsOf(language)
      return [
        language,
        Object.keys(texts).filter((key) => texts[key] === textsOf('en')[key] && key !== 'fact'),
      ]
    })
    expect(Object.fromEntries(shared.slice(1))).toEqual({
      es: [],
      fr: [],
      de: ['roles.admin', 'roles.manager'],
      ja: [],
      ar: [],
    })
  })

  it('are written in the script of the language', () => {
    for (const text of Object.values(textsOf('ja'))) {
      if (!text.startsWith('{label}')) expect(text).toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u)
    }
    for (const text of Object.values(textsOf('ar'))) {
      if (!text.startsWith('{label}')) expect(text).toMatch(/\p{sc=Arabic}/u)
    }
  })

  it('name the same placeholders once in every language', () => {
    for (const language of languages) {
      for (const [key, text] of Object.entries(textsOf(language))) {
        expect([language, key, placeholders(text)]).toEqual([language, key, placeholders(textsOf('en')[key])])
      }
    }
  })

  it('have no stray spaces or control characters', () => {
    for (const text of languages.flatMap((language) => Object.values(textsOf(language)))) {
      expect(text).not.toMatch(/^\s|\s$| {2}|[\p{Cc}\p{Bidi_Control}]/u)
    }
  })
})
