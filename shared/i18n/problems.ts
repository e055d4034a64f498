import type { Language } from '../api/languages.ts'
import { type ProblemCode, problems } from '../api/problems.ts'

/** The `title` of a problem document in a language. */
export type ProblemTitle = (code: ProblemCode, language: Language) => string

/** The titles in other languages than English, language → code → title; it lies at this path beside the code. */
export const titlesFile = 'shared/i18n/problemTitles.json'

/**
 * English titles come from the catalogue itself, the others from their file. `read` is called with its path when the
 * first one is needed, and not again: most callers never need any, and no bundle carries them.
 */
export const problemTitles = (read: (path: string) => string): ProblemTitle => {
  let translated: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  return (code, language) => {
    if (language === 'en') return problems[code].title
    translated ??= JSON.parse(read(titlesFile))
    // A test holds that every language has every title.
    return translated?.[language]?.[code] ?? problems[code].title
  }
}
