import { idPrefixes } from '../../api/schemas/ids.ts'

const person = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const group = `${idPrefixes.group}_[0-9a-hjkmnp-tv-z]{26}`

/** `@[label](id)`, the label and the id captured; a label has no brackets but escaped ones, and no line breaks. */
export const mentionPattern = `(?<!\\\\)@\\[((?:[^\\[\\]\\\\\\n]|\\\\.)*)\\]\\((${person}|${group})\\)`
