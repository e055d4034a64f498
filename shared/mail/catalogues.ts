import type { Language } from '../api/languages.ts'
import { compileMessages } from './compileMessages.ts'
import { messages } from './messages/all.ts'
import type { Catalogue } from './messages/messages.ts'

const compiled: Partial<Record<Language, Catalogue>> = {}

/**
 * What our mails say in a language. Bundles read what the build compiled (`compiledMessages.ts`), and only the
 * languages that they need.
 */
export const catalogueOf = (language: Language): Catalogue => {
  compiled[language] ??= compileMessages(messages[language], language)
  return compiled[language]
}
