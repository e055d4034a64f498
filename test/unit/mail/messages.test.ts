import { describe, expect, it } from 'vitest'
import { type Language, languages } from '../../../shared/api/languages.ts'
import { compileMessage } from '../../../shared/mail/compileMessages.ts'
import { messages } from '../../../shared/mail/messages/all.ts'
import type { Message } from '../../../shared/mail/template.ts'

const leaves = (texts: object, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
    typeof text === 'string' ? [[path + key, text]] : leaves(text as object, `${path}${key}.`),
  )

/** Every text by its key, roles as `roles.owner`, changes of the second factor as `mfa.enabled.subject`. */
const textsOf = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(leaves(messages[language]))

/** Arguments of a message and their types, each as often as the longest of its wordings has it. */
const argumentsOf = (message: Message): readonly string[] =>
  message
    .flatMap((part) => {
      if (typeof part === 'string') return []
      if ('text' in part) return [`${part.text}: text`]
      if ('number' in part) return []
      const forms = Object.values(part.forms).map(argumentsOf)
      for (const form of forms) expect(form).toEqual(forms[0])
      return [`${part.plural}: number`, ...(forms[0] ?? [])]
    })
    .sort()

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
      fr: ['topics.mentioned'],
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

  it('are the same in every language, and take the same arguments', () => {
    for (const language of languages) {
      const texts = Object.entries(textsOf(language))
      expect(texts.map(([key]) => key).sort()).toEqual(Object.keys(textsOf('en')).sort())
      for (const [key, text] of texts) {
        expect([language, key, argumentsOf(compileMessage(text, language))]).toEqual([
          language,
          key,
          argumentsOf(compileMessage(textsOf('en')[key] ?? '', 'en')),
        ])
      }
    }
  })

  it('have a wording for every plural category of the language and for no other', () => {
    for (const language of languages) {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
      for (const [key, text] of Object.entries(textsOf(language))) {
        const forms = [...text.matchAll(/\b(zero|one|two|few|many|other) \{/g)].map(
          ([, category]) => category,
        )
        expect([key, forms.sort()]).toEqual([
          key,
          text.includes(', plural,') ? [...pluralCategories].sort() : [],
        ])
      }
    }
  })

  it('have no stray spaces, control characters or straight apostrophes, which ICU would read as quotes', () => {
    for (const text of languages.flatMap((language) => Object.values(textsOf(language)))) {
      expect(text).not.toMatch(/^\s|\s$| {2}|[\p{Cc}\p{Bidi_Control}']/u)
    }
  })
})
