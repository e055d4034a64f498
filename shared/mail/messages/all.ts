import type { Language } from '../../api/languages.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import type { Messages } from './messages.ts'

/** Every text of every language as it was written, in ICU MessageFormat. */
export const messages: Readonly<Record<Language, Messages>> = { en, es, fr, de, ja, ar }
