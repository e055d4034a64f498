import type { IndexName } from '../api/declaration.ts'
import type { Key } from './keys.ts'

export type Item = Record<string, unknown> & Key

/** What must hold of the item for a write to happen. */
export type Condition =
  | { readonly absent: true }
  | {
      readonly equals: Readonly<Record<string, string | number>>
      /** Attributes that are no greater than this. */
      readonly atMost?: Readonly<Record<string, string>>
    }
  | { readonly present: true }
  /** No item, or numbers that are not above these. */
  | { readonly absentOrAtMost: Readonly<Record<string, number>> }
  /** Numbers within these bounds, both included. */
  | { readonly between: Readonly<Record<string, readonly [number, number]>> }

/** `won`: written. `lost`: the condition did not hold; `present` is the item that stood in the way. */
export type WriteResult = { readonly won: true } | { readonly won: false; readonly present: Item | undefined }

export interface Change {
  readonly set?: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  /** Numbers to add, and members of sets of texts; an absent attribute counts as 0, and as an empty set. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>
}

export interface Range {
  readonly index?: IndexName
  readonly pk: string
  /** Bounds of the sort key; `after`/`before` are exclusive, `from`/`to` inclusive, `prefix` stands alone. */
  readonly prefix?: string
  readonly after?: string
  readonly from?: string
  readonly before?: string
  readonly to?: string
  readonly descending?: boolean
  readonly limit: number
}

export type Write =
  | { readonly put: Item; readonly condition?: Condition }
  | { readonly update: Key; readonly change: Change; readonly condition?: Condition }
  | { readonly delete: Key; readonly condition?: Condition }
  | { readonly check: Key; readonly condition: Condition }

/** The verdict on each write of a transaction that did not happen. */
export interface Lost {
  readonly present: Item | undefined
}
export type TransactionResult =
  | { readonly won: true }
  /** One entry for each write, `undefined` where its condition held. All `undefined`: a conflict with another transaction; try again. */
  | { readonly won: false; readonly lost: readonly (Lost | undefined)[] }

/** All that stores ask of DynamoDB. Reads by key and from the table are strong, from an index eventual. */
export interface Table {
  /** Keys asked for in the same turn of the event loop travel in one BatchGetItem. */
  get(key: Key): Promise<Item | undefined>
  /** `more`: the range may hold further items behind the last one. */
  query(range: Range): Promise<{ items: Item[]; more: boolean }>
  put(item: Item, condition?: Condition): Promise<WriteResult>
  update(key: Key, change: Change, condition?: Condition): Promise<WriteResult>
  delete(key: Key, condition: Condition): Promise<WriteResult>
  transact(writes: readonly Write[]): Promise<TransactionResult>
}
