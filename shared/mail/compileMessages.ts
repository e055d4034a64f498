import {
  type MessageFormatElement,
  type PluralElement,
  parse,
  TYPE,
} from '@formatjs/icu-messageformat-parser'
import type { Language } from '../api/languages.ts'
import type { Catalogue, Messages } from './messages/messages.ts'
import type { Message } from './template.ts'

/**
 * All texts of a language, ready to be filled. The build does this for the functions, which carry no parser; run as
 * TypeScript, it is done when a language is first needed.
 * @throws {RangeError} when a text is not in the part of ICU MessageFormat that mails use
 */
export const compileMessages = (texts: Messages, language: Language): Catalogue => ({
  ...(compileAll(texts, language) as Omit<Catalogue, 'language'>),
  language,
})

const compileAll = (texts: object, language: Language): object =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? compileText(text, language) : compileAll(text, language),
    ]),
  )

/** A text that takes no values stays one. */
function compileText(text: string, language: Language): Message | string {
  const message = compileMessage(text, language)
  return message.every((part) => typeof part === 'string') ? message.join('') : message
}

/**
 * One ICU message: literal text, `{name}`, and `{count, plural, …}` with every category that the language has and no
 * other (CLDR, as `Intl.PluralRules` knows it), where `#` is the number.
 * @throws {RangeError} for anything else
 */
export const compileMessage = (text: string, language: Language): Message =>
  compileElements(parse(text, { ignoreTag: true }), language)

const compileElements = (
  elements: readonly MessageFormatElement[],
  language: Language,
  count?: string,
): Message =>
  elements.map((element) => {
    if (element.type === TYPE.literal) return element.value
    if (element.type === TYPE.argument) return { text: element.value }
    if (element.type === TYPE.pound && count !== undefined) return { number: count }
    if (element.type === TYPE.plural) return compilePlural(element, language)
    throw new RangeError(`Mails take no arguments of the type ${TYPE[element.type]}`)
  })

function compilePlural({ value: plural, options, offset, pluralType }: PluralElement, language: Language) {
  const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
  const present = Object.keys(options).toSorted()
  if (offset !== 0 || pluralType !== 'cardinal' || String(present) !== String(wanted))
    throw new RangeError(`{${plural}} has the forms ${present}; ${language} takes ${wanted}`)
  const forms = Object.entries(options).map(
    ([category, form]) => [category, compileElements(form.value, language, plural)] as const,
  )
  return { plural, forms: Object.fromEntries(forms) }
}
