import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionInput, isExcluded, queryInput, updateInput } from '../../../shared/data/expressions.ts'
import type { Range } from '../../../shared/data/tablePort.ts'

type Input = ReturnType<typeof queryInput>

/** Reads the one condition on the sort key that DynamoDB allows, and says whether a key meets it. */
const meets = ({ KeyConditionExpression, ExpressionAttributeValues }: Input, sk: string): boolean => {
  const [, condition] = KeyConditionExpression.split(/ AND (.*)/s)
  if (condition === undefined) return true
  const value = (token: string | undefined) => String(ExpressionAttributeValues?.[String(token)])
  const [, prefix] = /^begins_with\(#\w+, (:v\d+)\)$/.exec(condition) ?? []
  if (prefix !== undefined) return sk.startsWith(value(prefix))
  const [, low, high] = /^#\w+ BETWEEN (:v\d+) AND (:v\d+)$/.exec(condition) ?? []
  if (low !== undefined) return sk >= value(low) && sk <= value(high)
  const [, operator, bound] = /^#\w+ (>=|<=|<) (:v\d+)$/.exec(condition) ?? []
  if (operator === '>=') return sk >= value(bound)
  if (operator === '<=') return sk <= value(bound)
  if (operator === '<') return sk < value(bound)
  throw new Error(`no condition DynamoDB takes: ${condition}`)
}

const key = fc.stringMatching(/^[0-9A-Za-z#.:_-]{1,6}$/)
/** The ranges that stores ask for: a prefix with or without a position, or bounds of which one may be left out. */
const range: fc.Arbitrary<Partial<Range>> = fc.oneof(
  fc.record({ prefix: key }),
  fc.tuple(key, key).map(([prefix, rest]) => ({ prefix, after: prefix + rest })),
  fc.record({ after: key, before: key }, { requiredKeys: [] }),
  fc.record({ from: key, before: key }, { requiredKeys: [] }),
  fc.record({ from: key, to: key }, { requiredKeys: [] }),
  fc.record({ after: key, to: key }, { requiredKeys: [] }),
)
const lies = (sk: string, { prefix = '', after, from, before, to }: Partial<Range>): boolean =>
  sk.startsWith(prefix) &&
  (after === undefined || sk > after) &&
  (from === undefined || sk >= from) &&
  (before === undefined || sk < before) &&
  (to === undefined || sk <= to)

describe('a range', () => {
  test('as DynamoDB reads it holds just the keys it should, bounds included or not', () => {
    fc.assert(
      fc.property(range, key, fc.boolean(), (bounds, random, isOnBound) => {
        const given = { pk: 'p', limit: 1, ...bounds }
        const edges = Object.values(bounds)
        const sk = isOnBound && edges[0] !== undefined ? String(edges[random.length % edges.length]) : random
        const isTaken = meets(queryInput(given), sk) && !isExcluded(given, { SK: sk })
        expect(isTaken).toBe(lies(sk, bounds))
      }),
      { numRuns: 3000 },
    )
  })

  test('of the table is read strongly, of an index it cannot be; index keys are the index’s own', () => {
    const own = queryInput({ pk: 'p', prefix: 'MEM#', limit: 3 })
    expect(own).toMatchObject({ ConsistentRead: true, ScanIndexForward: true, Limit: 3 })
    expect(own.ExpressionAttributeNames).toEqual({ '#PK': 'PK', '#SK': 'SK' })
    expect(own).not.toHaveProperty('IndexName')
    const index = queryInput({ index: 'byDue', pk: 'p', after: 'x', descending: true, limit: 3 })
    expect(index).toMatchObject({ ConsistentRead: false, ScanIndexForward: false, IndexName: 'byDue' })
    expect(index.ExpressionAttributeNames).toEqual({ '#list': 'list', '#dueKey': 'dueKey' })
    expect(isExcluded({ index: 'byDue', pk: 'p', before: 'x', limit: 1 }, { dueKey: 'x', SK: 'y' })).toBe(
      true,
    )
  })

  test('without bounds names no sort key', () => {
    expect(queryInput({ pk: 'p', limit: 1 })).toMatchObject({
      KeyConditionExpression: '#PK = :v0',
      ExpressionAttributeNames: { '#PK': 'PK' },
      ExpressionAttributeValues: { ':v0': 'p' },
    })
  })
})

describe('expressions', () => {
  test('carry content as values and never in the text', () => {
    const hostile = fc.string({ unit: 'grapheme', minLength: 8 })
    fc.assert(
      fc.property(hostile, (text) => {
        const update = updateInput({ set: { name: text }, add: { n: 1 } }, { equals: { name: text } })
        const query = queryInput({ pk: text, from: text, to: text, limit: 1 })
        expect(update.UpdateExpression).toBe('SET #name = :v0 ADD #n :v1')
        expect(update.ConditionExpression).toBe('#name = :v2')
        expect(query.KeyConditionExpression).toBe('#PK = :v0 AND #SK BETWEEN :v1 AND :v2')
        expect(Object.values(update.ExpressionAttributeValues ?? {})).toEqual([text, 1, text])
      }),
    )
  })

  test('say each kind of change and condition as DynamoDB wants it', () => {
    expect(updateInput({ set: { a: 1 }, remove: ['b'], add: { c: 2 } }, { present: true })).toEqual({
      UpdateExpression: 'SET #a = :v0 REMOVE #b ADD #c :v1',
      ConditionExpression: 'attribute_exists(#PK)',
      ExpressionAttributeNames: { '#a': 'a', '#b': 'b', '#c': 'c', '#PK': 'PK' },
      ExpressionAttributeValues: { ':v0': 1, ':v1': 2 },
    })
    expect(updateInput({ remove: ['b'] }, undefined)).toEqual({
      UpdateExpression: 'REMOVE #b',
      ExpressionAttributeNames: { '#b': 'b' },
    })
    expect(conditionInput({ absent: true })).toEqual({
      ConditionExpression: 'attribute_not_exists(#PK)',
      ExpressionAttributeNames: { '#PK': 'PK' },
    })
    expect(conditionInput({ equals: { key: 'OPS-1', id: 'x' } })).toEqual({
      ConditionExpression: '#key = :v0 AND #id = :v1',
      ExpressionAttributeNames: { '#key': 'key', '#id': 'id' },
      ExpressionAttributeValues: { ':v0': 'OPS-1', ':v1': 'x' },
    })
  })
})
