import type { Arguments, Catalogue } from './messages/messages.ts'
import { fill, type Line } from './template.ts'

/** The sentence `key` with its values. */
export const say = <K extends keyof Arguments>(
  words: Catalogue,
  key: K,
  values: Readonly<Arguments[K]>,
): Line => fill(words[key], { ...values }, words.language)
