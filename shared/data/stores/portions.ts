import type { Write } from '../tablePort.ts'

/** DynamoDB takes 100 writes and 4 MB in one transaction; keys and indexes need some of the latter. */
export const writesPerTransaction = 100
export const bytesPerTransaction = 3_500_000

const bytesOf = (write: Write): number => Buffer.byteLength(JSON.stringify(write))

/**
 * Cuts writes that need not happen together into portions, each for one transaction: the first beside those that must
 * happen in it, the others by themselves.
 * @param deleted bytes that an item counts with that is deleted
 */
export const portions = (all: readonly Write[], beside: readonly Write[], deleted: number): Write[][] => {
  let portion: Write[] = []
  const result = [portion]
  let count = beside.length
  let bytes = beside.reduce((sum, write) => sum + bytesOf(write), 0)
  for (const write of all) {
    const size = 'delete' in write ? deleted : bytesOf(write)
    if (count + 1 > writesPerTransaction || bytes + size > bytesPerTransaction) {
      portion = []
      result.push(portion)
      count = 0
      bytes = 0
    }
    portion.push(write)
    count += 1
    bytes += size
  }
  return result
}
