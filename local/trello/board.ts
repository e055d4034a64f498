import * as z from 'zod/mini'

const id = z.string().check(z.regex(/^[0-9a-f]{24}$/, { error: 'must be an id of Trello' }))
const order = z.number()

const label = z.object({ id, name: z.string(), color: z.nullish(z.string()) })
const list = z.object({ id, name: z.string(), closed: z.boolean(), pos: order })
const member = z.object({ id, fullName: z.string(), username: z.string() })
const membership = z.object({ idMember: id, memberType: z.string() })
const attachment = z.object({ name: z.string(), url: z.string() })
const card = z.object({
  id,
  name: z.string(),
  desc: z.string(),
  closed: z.boolean(),
  idList: id,
  idMembers: z.array(id),
  idLabels: z.array(id),
  due: z.nullable(z.iso.datetime()),
  dueComplete: z._default(z.boolean(), false),
  pos: order,
  attachments: z._default(z.array(attachment), []),
})
const checklist = z.object({
  idCard: id,
  name: z.string(),
  pos: order,
  checkItems: z.array(z.object({ name: z.string(), state: z.string(), pos: order })),
})
/** Of all that happened on a board only the comments are read; the other kinds have other data. */
const action = z.union([
  z.object({
    type: z.literal('commentCard'),
    date: z.iso.datetime(),
    memberCreator: z.optional(z.object({ fullName: z.string() })),
    data: z.object({ text: z.string(), card: z.object({ id }) }),
  }),
  z.object({ type: z.string().check(z.regex(/^(?!commentCard$)/)) }),
])

const board = z.object({
  id,
  name: z.string(),
  lists: z.array(list),
  cards: z.array(card),
  labels: z.array(label),
  members: z.array(member),
  memberships: z._default(z.array(membership), []),
  checklists: z._default(z.array(checklist), []),
  actions: z._default(z.array(action), []),
})
/** A board as Trello's "Export as JSON" writes it, as far as it is read here. */
export type Board = z.infer<typeof board>
export type Card = Board['cards'][number]
export type List = Board['lists'][number]
export type Member = Board['members'][number]
export type Comment = Extract<Board['actions'][number], { data: unknown }>

/** Reads a board export. Throws with the first thing that is wrong in it, and where. */
export function parseBoard(json: string): Board {
  const result = z.safeParse(board, JSON.parse(json))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(
    `This is no board export of Trello: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`,
  )
}

const byPosition = (one: { pos: number }, other: { pos: number }): number => one.pos - other.pos

export const listsInOrder = ({ lists }: Board): List[] => [...lists].sort(byPosition)

/** Cards list by list, as the board shows them. */
export const cardsInOrder = (from: Board): Card[] =>
  listsInOrder(from).flatMap(({ id }) => from.cards.filter(({ idList }) => idList === id).sort(byPosition))

export const checklistsOf = (from: Board, { id }: Card) =>
  from.checklists
    .filter(({ idCard }) => idCard === id)
    .sort(byPosition)
    .map(({ name, checkItems }) => ({ name, items: [...checkItems].sort(byPosition) }))

/** Comments on a card, oldest first; the export has them the other way round. */
export const commentsOn = ({ actions }: Board, { id }: Card): Comment[] =>
  actions
    .filter((one): one is Comment => 'data' in one && one.data.card.id === id)
    .sort((one, other) => (one.date < other.date ? -1 : 1))
