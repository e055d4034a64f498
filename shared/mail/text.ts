import type { Language } from '../api/languages.ts'
import { direction } from '../i18n/language.ts'
import type { MailContent } from './content.ts'
import { messages, say } from './say.ts'
import type { Line } from './template.ts'

const arabicOrHebrew = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/v
const otherLetters = /[\p{L}--[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]]/v

/** First-strong isolate around a value that runs against the sentence (Unicode UAX 9, 2.4). */
function isolate(value: string, language: Language): string {
  const against = direction(language) === 'rtl' ? otherLetters : arabicOrHebrew
  return against.test(value) ? `\u2068${value}\u2069` : value
}

/** The mail as plain text, lines ended by LF; the same blocks in the same order as the HTML. */
export function renderText(content: MailContent, language: Language): string {
  const textOf = (line: Line): string =>
    line.map((piece) => (typeof piece === 'string' ? piece : isolate(piece.value, language))).join('')
  const facts = content.facts.map((fact) => textOf(say(messages[language], 'fact', { ...fact })))
  const blocks = [
    ...(content.alert ? [`*** ${textOf(content.alert)} ***`] : []),
    textOf(content.greeting),
    textOf(content.intro),
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    `${content.action.label}\n${content.action.url}`,
    `-- \n${content.reason}`,
  ]
  return `${blocks.join('\n\n')}\n`
}
