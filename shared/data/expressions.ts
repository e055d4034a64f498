import { tableDefinition } from './table.ts'
import type { Change, Condition, Range } from './tablePort.ts'

interface Expression {
  readonly names: Record<string, string>
  readonly values: Record<string, unknown>
}

/** Collects placeholders, so that attribute names may be reserved words. */
const placeholders = () => {
  const names: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  return {
    name: (attribute: string) => {
      const token = `#${attribute.replace(/\W/g, '_')}`
      names[token] = attribute
      return token
    },
    value: (value: unknown) => {
      const token = `:v${Object.keys(values).length}`
      values[token] = value
      return token
    },
    done: (): Expression => ({ names, values }),
  }
}
type Placeholders = ReturnType<typeof placeholders>

const conditionText = (condition: Condition, { name, value }: Placeholders): string => {
  if ('absent' in condition) return `attribute_not_exists(${name('PK')})`
  if ('present' in condition) return `attribute_exists(${name('PK')})`
  if ('between' in condition) {
    return Object.entries(condition.between)
      .map(([attribute, [low, high]]) => `${name(attribute)} BETWEEN ${value(low)} AND ${value(high)}`)
      .join(' AND ')
  }
  if ('absentOrAtMost' in condition) {
    const most = Object.entries(condition.absentOrAtMost).map(
      ([attribute, limit]) => `${name(attribute)} <= ${value(limit)}`,
    )
    return `attribute_not_exists(${name('PK')}) OR (${most.join(' AND ')})`
  }
  const equal = Object.entries(condition.equals).map(
    ([attribute, expected]) => `${name(attribute)} = ${value(expected)}`,
  )
  const bounded = Object.entries(condition.atMost ?? {}).map(
    ([attribute, bound]) => `${name(attribute)} <= ${value(bound)}`,
  )
  return [...equal, ...bounded].join(' AND ')
}

const changeText = (change: Change, { name, value }: Placeholders): string => {
  const set = Object.entries(change.set ?? {}).map(([key, content]) => `${name(key)} = ${value(content)}`)
  const add = Object.entries(change.add ?? {}).map(([key, amount]) => `${name(key)} ${value(amount)}`)
  const remove = (change.remove ?? []).map((key) => name(key))
  return [
    set.length > 0 ? `SET ${set.join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
    add.length > 0 ? `ADD ${add.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const attributes = ({ names, values }: Expression) => ({
  ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
  ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
})

/** Expression members of a conditional put, delete or check. */
export const conditionInput = (condition: Condition) => {
  const collected = placeholders()
  const text = conditionText(condition, collected)
  return { ConditionExpression: text, ...attributes(collected.done()) }
}

/** Expression members of an update. */
export const updateInput = (change: Change, condition: Condition | undefined) => {
  const collected = placeholders()
  const update = changeText(change, collected)
  const text = condition === undefined ? undefined : conditionText(condition, collected)
  return {
    UpdateExpression: update,
    ...(text !== undefined && { ConditionExpression: text }),
    ...attributes(collected.done()),
  }
}

/** DynamoDB takes one condition on the sort key: a prefix, one bound, or `between` two inclusive ones. */
const sortText = (range: Range, sk: string, { value }: Placeholders): string | undefined => {
  if (range.prefix !== undefined && range.before === undefined && range.after === undefined) {
    return `begins_with(${sk}, ${value(range.prefix)})`
  }
  // An exclusive bound becomes the nearest inclusive one: keys are plain ASCII, so U+0000 follows a key at once.
  const low = range.from ?? (range.after === undefined ? range.prefix : `${range.after}\u0000`)
  const high = range.to ?? range.before ?? (range.prefix === undefined ? undefined : `${range.prefix}\uffff`)
  if (low !== undefined && high !== undefined) return `${sk} BETWEEN ${value(low)} AND ${value(high)}`
  if (low !== undefined) return `${sk} >= ${value(low)}`
  if (high === undefined) return undefined
  return `${sk} ${range.to === undefined ? '<' : '<='} ${value(high)}`
}

/** Members of a Query; a `before` beside a lower bound is inclusive there, and the caller drops the bound itself. */
export const queryInput = (range: Range) => {
  const collected = placeholders()
  const index = range.index === undefined ? undefined : tableDefinition.indexes[range.index]
  const pk = collected.name(index?.pk ?? tableDefinition.pk)
  const partition = `${pk} = ${collected.value(range.pk)}`
  const hasBounds = [range.prefix, range.after, range.from, range.before, range.to].some(Boolean)
  const bounds = hasBounds
    ? sortText(range, collected.name(index?.sk ?? tableDefinition.sk), collected)
    : undefined
  return {
    ...(range.index !== undefined && { IndexName: range.index }),
    KeyConditionExpression: bounds === undefined ? partition : `${partition} AND ${bounds}`,
    ...attributes(collected.done()),
    ConsistentRead: range.index === undefined,
    ScanIndexForward: range.descending !== true,
    Limit: range.limit,
  }
}

/** Whether an item that the query returned lies on an exclusive bound. */
export const isExcluded = (range: Range, item: Record<string, unknown>): boolean => {
  const sk = range.index === undefined ? tableDefinition.sk : tableDefinition.indexes[range.index].sk
  return range.before !== undefined && item[sk] === range.before
}
