/** A text that contains `{P}` for every P; one that lacks any does not compile. */
export type Template<P extends string> = (
  P extends string
    ? (text: `${string}{${P}}${string}`) => void
    : never
) extends (text: infer Every) => void
  ? Every
  : never

/** A sentence in pieces: our words, and values that the medium must escape and set apart. */
export type Line = readonly (string | { readonly value: string })[]

/**
 * Puts the values in, in one pass, so that braces within a value stay text.
 * @throws {RangeError} when the template names a placeholder that has no value
 */
export function fill(template: string, values: Readonly<Record<string, string>>): Line {
  return template.split(/\{(\w+)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece
    const value = values[piece]
    if (value === undefined) throw new RangeError(`No value for {${piece}}`)
    return { value }
  })
}

/** The sentence as it would be without markup. */
export const lineText = (line: Line): string =>
  line.map((piece) => (typeof piece === 'string' ? piece : piece.value)).join('')
