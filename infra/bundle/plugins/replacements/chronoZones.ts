/**
 * For `chrono-node/dist/esm/timezone.js`, 3 kB of abbreviations of zones: quick add gives chrono no zone, and takes none
 * of the parsers that read one.
 */
export const toTimezoneOffset = (zone: unknown): null => {
  if (zone !== null && zone !== undefined) throw new Error('no zone is given to chrono')
  return null
}
