import type { TaskCreate } from '../../shared/api/schemas/task.ts'
import { type Board, type Card, cardsInOrder, listsInOrder, type Member } from './board.ts'
import { descriptionOf } from './description.ts'
import { line, projectKeyOf, tagsOf } from './names.ts'
import { statusOfCard, statusOfList } from './status.ts'

type ImportedRole = 'admin' | 'member' | 'guest'
export interface PlannedMember {
  readonly member: Member
  readonly role: ImportedRole
}
export interface PlannedTask {
  readonly cardId: string
  readonly fields: Pick<TaskCreate, 'title' | 'description' | 'status' | 'tags'>
  /** Ids of Trello. */
  readonly memberIds: readonly string[]
  readonly isDue: boolean
  /** How many comments its description holds. */
  readonly comments: number
}

/** What will be made of a board, worked out before anything is sent. */
export interface Plan {
  readonly boardId: string
  readonly workspaceName: string
  readonly project: { readonly name: string; readonly key: string; readonly description: string }
  readonly members: readonly PlannedMember[]
  readonly tasks: readonly PlannedTask[]
  /** What is changed or left out on the way, for people to read. */
  readonly notes: readonly string[]
}

const maximumDescription = 2_000
const roles: Partial<Record<string, ImportedRole>> = { admin: 'admin', observer: 'guest' }

/** Marks the project as that of a board, for when the import is repeated. */
export const markOf = (boardId: string): string => `Trello board ${boardId}`

/** Names every list and label, since one without cards appears on no task. */
function projectDescription(board: Board, tags: ReadonlyMap<string, string>): string {
  const lists = listsInOrder(board).map((list) => {
    const archived = list.closed ? ', archived' : ''
    return `${line(list.name, 100)} (${statusOfList(list)}${archived})`
  })
  const labels = board.labels.map(({ id }) => tags.get(id))
  return [`${markOf(board.id)}.`, `Lists: ${lists.join(' · ')}.`, `Labels: ${labels.join(' · ')}.`].join(
    '\n\n',
  )
}

function planTask(board: Board, card: Card, tags: ReadonlyMap<string, string>, notes: string[]): PlannedTask {
  const title = line(card.name, 500) || '(untitled)'
  const list = board.lists.find(({ id }) => id === card.idList)
  if (list === undefined) throw new Error(`The list of the card “${title}” is not in the file.`)
  const note = (text: string) => notes.push(`“${line(title, 60)}”: ${text}`)
  const description = descriptionOf(board, card)
  const status = statusOfCard(card, list)
  const memberIds = card.idMembers.filter((id) => board.members.some((member) => member.id === id))
  const labels = card.idLabels.flatMap((id) => tags.get(id) ?? [])
  if (title !== card.name) note('the title was trimmed, cut or filled in')
  if (description.isCut) note('the description was cut at 64 KB')
  if (status === 'cancelled') note('archived, hence cancelled')
  if (memberIds.length < card.idMembers.length) note('members who have left the board are left out')
  if (labels.length < card.idLabels.length) note('labels that are not in the file are left out')
  if (card.attachments.length > 0) note(`${card.attachments.length} attachment(s) linked, not copied`)
  return {
    cardId: card.id,
    fields: {
      title,
      description: description.text,
      status,
      tags: [...new Set([tags.get(list.id) ?? '', ...labels])],
    },
    memberIds,
    isDue: card.due !== null,
    comments: description.comments,
  }
}

function planMembers({ members, memberships }: Board, notes: string[]): PlannedMember[] {
  return members.map((member) => {
    const type = memberships.find(({ idMember }) => idMember === member.id)?.memberType ?? 'normal'
    const role = roles[type] ?? 'member'
    if (role === 'guest')
      notes.push(`${member.fullName} observed the board: a guest, who sees own tasks alone`)
    return { member, role }
  })
}

export function planImport(board: Board): Plan {
  const notes: string[] = []
  const tags = tagsOf(board)
  const description = projectDescription(board, tags)
  if ([...description].length > maximumDescription) notes.push('the project’s description was cut')
  for (const list of listsInOrder(board)) {
    const isEmpty = !board.cards.some(({ idList }) => idList === list.id)
    if (isEmpty) notes.push(`the list “${list.name}” has no cards: it stands in the project’s description`)
  }
  const tasks = cardsInOrder(board).map((card) => planTask(board, card, tags, notes))
  const comments = board.actions.filter((action) => 'data' in action).length
  const lost = comments - tasks.reduce((sum, task) => sum + task.comments, 0)
  if (lost > 0) notes.push(`${lost} comment(s) on cards that are not in the file are left out`)
  return {
    boardId: board.id,
    workspaceName: line(board.name, 100) || 'Trello',
    project: {
      name: line(board.name, 100) || 'Trello',
      key: projectKeyOf(board.name),
      description: line(description, maximumDescription),
    },
    members: planMembers(board, notes),
    tasks,
    notes,
  }
}
