import type { Language } from '../api/languages.ts'
import { direction } from '../i18n/language.ts'
import { catalogueOf } from './catalogues.ts'
import type { Fact, List, ListItem, MailContent } from './mailContent.ts'
import { say } from './say.ts'
import type { Line } from './template.ts'

const arabicOrHebrew = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/v
const otherLetters = /[\p{L}--[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]]/v

/** First-strong isolate around a value that runs against the sentence (Unicode UAX 9, 2.4). */
function isolate(value: string, language: Language): string {
  const against = direction(language) === 'rtl' ? otherLetters : arabicOrHebrew
  return against.test(value) ? `\u2068${value}\u2069` : value
}

const textOf = (line: Line, language: Language): string =>
  line.map((piece) => (typeof piece === 'string' ? piece : isolate(piece.value, language))).join('')

const factText = (fact: Fact, language: Language): string =>
  textOf(say(catalogueOf(language), 'fact', { ...fact }), language)

const quoteLines = (quote: readonly string[] = [], language: Language): readonly string[] =>
  quote.map((line) => `> ${isolate(line, language)}`)

const itemText = ({ line, note, quote, url }: ListItem, language: Language): string =>
  [
    `- ${textOf(line, language)}`,
    ...(note ? [`  ${textOf(note, language)}`] : []),
    ...quoteLines(quote, language).map((quoted) => `  ${quoted}`),
    `  ${url}`,
  ].join('\n')

const listText = ({ title, items, more }: List, language: Language): string =>
  [
    ...(title ? [textOf(title, language)] : []),
    ...items.map((item) => itemText(item, language)),
    ...(more ? [textOf(more, language)] : []),
  ].join('\n')

/** The mail as plain text, lines ended by LF; the same blocks in the same order as the HTML. */
export function renderText(content: MailContent, language: Language): string {
  const { alert, greeting, intro, quote, facts, lists = [], action, reason, stop } = content
  const blocks = [
    alert ? `*** ${textOf(alert, language)} ***` : '',
    textOf(greeting, language),
    textOf(intro, language),
    quoteLines(quote, language).join('\n'),
    facts.map((fact) => factText(fact, language)).join('\n'),
    ...lists.map((list) => listText(list, language)),
    `${action.label}\n${action.url}`,
    `-- \n${reason}${stop ? `\n${stop.label}\n${stop.url}` : ''}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
