import { mentionPattern } from './mentionPattern.ts'

/** As much of a comment as a notice shows, in characters. */
const most = 1_000

/** One after the other; what stands for itself comes first. */
const rules: readonly (readonly [RegExp, string])[] = [
  // Fences of code, with what they say about it.
  [/^[ >]*(?:`{3,}|~{3,}(?!~))[^`\n]*$/gm, ''],
  [new RegExp(mentionPattern, 'g'), '@$1'],
  // Images and links: what is written on them. None begins with an escaped bracket: each would be tried to the end.
  [/!?(?<!\\)\[((?:[^[\]\\\n]|\\.)*)\]\([^()\s]*(?:\s+"[^"\n]*")?\)/g, '$1'],
  [/<((?:https?:\/\/|mailto:)[^<>\s]*)>/g, '$1'],
  // Headings, quotations, rules.
  [/^ {0,3}#{1,6}[ \t]+/gm, ''],
  [/^(?: {0,3}>\s?)+/gm, ''],
  [/^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/gm, ''],
  // Emphasis, strikethrough, code.
  [/(?<!\\)(\*{1,3}|~~)(?=\S)([^*~\n]*[^\s\\])\1/g, '$2'],
  [/(?<![\p{L}\p{N}_\\])(_{1,3})(?=\S)([^_\n]*[^\s\\])\1(?![\p{L}\p{N}_])/gu, '$2'],
  [/(?<![\\`])(`+)(?!`)([^`\n]+)\1(?!`)/g, '$2'],
  // What was escaped.
  [/\\([!-/:-@[-`{-~])/g, '$1'],
  [/\n{3,}/g, '\n\n'],
]

const shortened = (text: string): string => {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** The text of a comment as a mail shows it: without the marks of Markdown, people by their labels, 1,000 characters. */
export const plainTextOf = (markdown: string): string =>
  shortened(
    rules.reduce((text, [mark, by]) => text.replace(mark, by), markdown.replace(/\r\n?/g, '\n')).trim(),
  )
