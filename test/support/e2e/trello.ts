import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const real = join(root, '../shared/data/trello-food-recalls.json')

/** A board made by hand in Trello's shape. */
export const smallBoard = join(root, 'test/data/trello-small.json')
/** A real board where it lies beside the repository, the small one elsewhere. */
export const boardFile = existsSync(real) ? real : smallBoard

interface Named {
  readonly id: string
  readonly name: string
}
/** The export as it lies there, read without the code under test. */
export interface RawBoard extends Named {
  readonly lists: readonly (Named & { readonly closed: boolean })[]
  readonly labels: readonly (Named & { readonly color: string | null })[]
  readonly members: readonly { readonly id: string; readonly username: string }[]
  readonly cards: readonly (Named & {
    readonly idList: string
    readonly idLabels: readonly string[]
    readonly idMembers: readonly string[]
    readonly closed: boolean
    readonly due: string | null
    readonly dueComplete?: boolean
    readonly desc: string
  })[]
  readonly actions: readonly {
    readonly type: string
    readonly date: string
    readonly memberCreator: { readonly fullName: string }
    readonly data: { readonly text?: string; readonly card?: { readonly id: string } }
  }[]
}

export const readBoard = (file: string): RawBoard => JSON.parse(readFileSync(file, 'utf8')) as RawBoard
