import { type Board, type Card, checklistsOf, commentsOn } from './board.ts'
import { readable } from './names.ts'

const maximumBytes = 65_536

/** `2015-07-07 03:00 UTC` */
const utc = (date: string): string => `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`

const checklistText = ({ name, items }: ReturnType<typeof checklistsOf>[number]): string =>
  [
    `## ${name}`,
    '',
    ...items.map((item) => `- [${item.state === 'complete' ? 'x' : ' '}] ${item.name}`),
  ].join('\n')

/** Text of at most so many bytes, cut between characters. */
function cut(text: string): string {
  if (Buffer.byteLength(text) <= maximumBytes) return text
  const bytes = Buffer.from(text).subarray(0, maximumBytes - 4)
  return `${new TextDecoder().decode(bytes).replace(/\ufffd+$/, '')}…`
}

export interface Description {
  readonly text: string
  readonly isCut: boolean
  /** How many comments it holds. */
  readonly comments: number
}

/**
 * What a task has no field for stands in its description, as Markdown: the card's own text, checklists, attachments,
 * when it was due, and the comments in their order, each with author and time.
 */
export function descriptionOf(board: Board, card: Card): Description {
  const attachments = card.attachments.map(({ name, url }) => `- [${name}](${url})`)
  const comments = commentsOn(board, card).map(
    ({ memberCreator, date, data }) =>
      `**${memberCreator?.fullName ?? 'Somebody'}**, ${utc(date)}:\n\n${data.text.trim()}`,
  )
  const parts = [
    card.desc.trim(),
    ...checklistsOf(board, card).map(checklistText),
    ...(attachments.length > 0 ? [`## Attachments\n\n${attachments.join('\n')}`] : []),
    ...(card.due === null ? [] : [`Due in Trello: ${utc(card.due)}`]),
    ...(comments.length > 0 ? [`## Comments\n\n${comments.join('\n\n')}`] : []),
  ]
  const whole = readable(parts.filter((part) => part !== '').join('\n\n'))
  const text = cut(whole)
  return { text, isCut: text !== whole, comments: comments.length }
}
