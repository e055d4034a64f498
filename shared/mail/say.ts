import type { Language } from '../api/languages.ts'
import { ar } from './messages/ar.ts'
import { de } from './messages/de.ts'
import { en } from './messages/en.ts'
import { es } from './messages/es.ts'
import { fr } from './messages/fr.ts'
import { ja } from './messages/ja.ts'
import type { Messages, Placeholders } from './messages/messages.ts'
import { fill, type Line } from './template.ts'

export const messages: Readonly<Record<Language, Messages>> = { en, es, fr, de, ja, ar }

/** The sentence `key` with its values. */
export const say = <K extends keyof Placeholders>(
  words: Messages,
  key: K,
  values: Readonly<Record<Placeholders[K], string>>,
): Line => fill(words[key], values)
