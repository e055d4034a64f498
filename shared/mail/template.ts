import type { Language } from '../api/languages.ts'

type Values = Readonly<Record<string, string | number>>

/**
 * An ICU message that contains every argument of `Arguments`: `{name}` for a text, `{count, plural, …}` for a number.
 * One that lacks any does not compile; what types can't see, `compileMessage` refuses.
 */
export type Template<Arguments extends object> = {
  [Name in keyof Arguments & string]: (
    text: Arguments[Name] extends number
      ? `${string}{${Name}, plural, ${string}`
      : `${string}{${Name}}${string}`,
  ) => void
}[keyof Arguments & string] extends (text: infer Every) => void
  ? Every
  : never

/** A part of a compiled message: our words, a text, a number, or the wordings that a number chooses from. */
type Part =
  | string
  | { readonly text: string }
  | { readonly number: string }
  | { readonly plural: string; readonly forms: Readonly<Record<string, Message>> }

/** A compiled message; JSON can hold it. */
export type Message = readonly Part[]

/** A sentence in pieces: our words, and values that the medium must escape and set apart. */
export type Line = readonly (string | { readonly value: string })[]

/**
 * Puts the values in, in one pass, so that braces within a value stay text. Numbers take the digits and the plural
 * form of the language (CLDR).
 * @throws {RangeError} when the message names an argument that has no value
 */
export const fill = (message: Message, values: Values, language: Language): Line =>
  message.flatMap((part): Line => {
    if (typeof part === 'string') return [part]
    if ('text' in part) return [{ value: String(valueFor(values, part.text)) }]
    if ('number' in part) return [new Intl.NumberFormat(language).format(countOf(values, part.number))]
    const form = part.forms[new Intl.PluralRules(language).select(countOf(values, part.plural))]
    return fill(form ?? [], values, language)
  })

function valueFor(values: Values, name: string): string | number {
  const value = values[name]
  if (value === undefined) throw new RangeError(`No value for {${name}}`)
  return value
}

const countOf = (values: Values, name: string): number => Number(valueFor(values, name))

/** The sentence as it would be without markup. */
export const lineText = (line: Line): string =>
  line.map((piece) => (typeof piece === 'string' ? piece : piece.value)).join('')
