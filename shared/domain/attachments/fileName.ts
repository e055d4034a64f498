const maximumBytes = 255
/** Longest ending that survives shortening; longer ones are no ending of a known kind. */
const maximumEnding = 16

/** Controls, directional marks and overrides (`cod.exe` shown as `exe.doc`), line separators, invisible joints. */
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu
/** What a file system takes for something else than a name. */
const reserved = /[<>:"|?*]/g
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** As much of a text as fits into so many bytes of UTF-8, cut between characters. */
const fitted = (text: string, bytes: number): string => {
  let room = bytes
  let kept = ''
  for (const character of text) {
    room -= Buffer.byteLength(character)
    if (room < 0) return kept
    kept += character
  }
  return kept
}

const shortened = (name: string): string => {
  if (Buffer.byteLength(name) <= maximumBytes) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= maximumEnding ? name.slice(dot) : ''
  const stem = name.slice(0, name.length - ending.length)
  return fitted(stem, maximumBytes - Buffer.byteLength(ending)).trimEnd() + ending
}

/**
 * The name under which a file may be saved anywhere: the last part of a path, without what cannot be seen, is
 * reserved on some system, or begins or ends in dots; at most 255 bytes of UTF-8. Never empty.
 */
export const fileName = (given: string): string => {
  const [last = ''] = given.toWellFormed().split(/[/\\]/).slice(-1)
  const clean = last.replace(unseen, '').replace(reserved, '_')
  const name = clean.replace(/^[\s.]+|[\s.]+$/g, '').replace(device, '_$1')
  return shortened(name) || 'file'
}

/** Percent-encoding of RFC 5987: what `encodeURIComponent` leaves and `attr-char` has not. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Content-Disposition that saves the file under its name and never shows it (RFC 6266). */
export const dispositionOf = (name: string): string =>
  `attachment; filename*=UTF-8''${encoded(fileName(name))}`

/** Types that a browser may know of a download; anything else goes out as bytes of no kind. */
const harmless: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
])
export const downloadType = (mediaType: string): string =>
  harmless.has(mediaType) ? mediaType : 'application/octet-stream'
