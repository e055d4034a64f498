/** Turns the order of text around (right-to-left override and its kin) or hides within it. */
const invisible = /[\p{Bidi_Control}\u00AD\u180E\u200B\u2060-\u2064\uFEFF]/gu
const controlsAndSpaces = /[\p{Cc}\s]+/gu
const addressPunctuation = /([.:/@])(?=\S)/gu
const segmenter = new Intl.Segmenter()

/**
 * What people typed, as one line that can stand in a header or a sentence: no line break, control, bidi
 * control or invisible filler, nor half a character. Joiners stay, for emoji and for scripts that need them. May be empty.
 */
export const singleLine = (text: string): string =>
  text.toWellFormed().replace(invisible, '').replace(controlsAndSpaces, ' ').trim()

/** At most `limit` characters (code points), cut between graphemes and then ending in `…`. */
export function shorten(text: string, limit: number): string {
  if ([...text].length <= limit) return text
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    if ([...kept, ...segment].length >= limit) break
    kept += segment
  }
  // One "grapheme" may be a letter under hundreds of marks; then the cut falls inside it.
  return `${kept || [...text].slice(0, limit - 1).join('')}…`
}

/**
 * Looks the same, but mail programs find no address in it to make a link of. For words that a stranger
 * chose: an invitation reaches anybody, and must not carry the inviter's links.
 */
export const withoutAddresses = (text: string): string => text.replace(addressPunctuation, '$1\u200B')

/** What people typed over several lines, each as `singleLine` leaves it, without those that show nothing. */
export const cleanLines = (text: string): readonly string[] =>
  text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map(singleLine)
    .filter((line) => line !== '')
