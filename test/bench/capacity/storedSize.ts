import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb'
import { tableDefinition } from '../../../shared/data/table.ts'
import type { Engine } from '../../support/engine.ts'

/** Bytes as DynamoDB bills them. */
export interface StoredSize {
  readonly table: number
  readonly indexes: number
}
type Item = Readonly<Record<string, AttributeValue>>

/** What DynamoDB adds to each item and each entry of an index. */
const overhead = 100

/** "Item sizes and formats" of the DynamoDB developer guide. */
const sizeOfValue = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, '').length / 2) + 1
  if (value.L !== undefined) return 3 + value.L.reduce((sum, one) => sum + 1 + sizeOfValue(one), 0)
  if (value.M !== undefined) return 3 + sizeOf(value.M) + Object.keys(value.M).length
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1
  throw new Error(`an attribute of type ${Object.keys(value).join()} has no known size`)
}
const sizeOf = (attributes: Item): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value),
    0,
  )

const { pk, sk, indexes } = tableDefinition

const sizeInIndexes = (item: Item): number =>
  Object.values(indexes)
    .filter((index) => item[index.pk] !== undefined && item[index.sk] !== undefined)
    .map(({ projection, ...keys }) => {
      const names: readonly string[] = typeof projection === 'string' ? [] : projection
      const copied = projection === 'ALL' ? Object.keys(item) : [pk, sk, keys.pk, keys.sk, ...names]
      return (
        overhead + sizeOf(Object.fromEntries(Object.entries(item).filter(([name]) => copied.includes(name))))
      )
    })
    .reduce((sum, size) => sum + size, 0)

/** How much all items of a table take up, and their entries in its indexes. */
export const storedSize = async ({ client, tableName }: Engine): Promise<StoredSize> => {
  let table = 0
  let copies = 0
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    for (const item of Items) {
      table += overhead + sizeOf(item)
      copies += sizeInIndexes(item)
    }
  }
  return { table, indexes: copies }
}
