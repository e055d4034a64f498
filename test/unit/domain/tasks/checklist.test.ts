import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestRank } from '../../../../shared/domain/order/rank.ts'
import { firstChecklist, withItem } from '../../../../shared/domain/tasks/checklist.ts'
import { checklistOf } from '../../../../shared/domain/tasks/present.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { idOf, iso, minutes, start } from '../support/builders.ts'

const idOfItem = (name: string | number): string => idOf('checklistItem', String(name))
const orderOf = (checklist: Task['checklist']): string[] => checklistOf({ checklist }).map(({ id }) => id)
const content = { text: 'x', done: false }

test('a new checklist stands in the order of its body', () => {
  const items = Array.from({ length: 100 }, (_, n) => ({ text: `${n}`, done: n % 2 === 0 }))
  const checklist = firstChecklist(items, iso(start))
  expect(checklistOf({ checklist }).map(({ text, done }) => ({ text, done }))).toEqual(items)
})

test('items added and moved any way stand as on a plain list, and touch no other', () => {
  /** Which item (a few, so that they meet), and behind which of the others. */
  const step = fc.record({ item: fc.nat(11), after: fc.option(fc.nat(11)), isLast: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let checklist: Task['checklist'] = {}
      const list: string[] = []
      for (const [n, { item, after, isLast }] of steps.entries()) {
        const id = idOfItem(item)
        const others = list.filter((one) => one !== id)
        const behind = after === null ? null : others[after % Math.max(others.length, 1)]
        const place = isLast || behind === undefined ? undefined : behind
        const next = withItem(checklist, { id, ...content, after: place }, minutes(n))
        list.splice(0, list.length, ...others)
        list.splice(
          place === undefined ? others.length : place === null ? 0 : others.indexOf(place) + 1,
          0,
          id,
        )
        expect(orderOf(next)).toEqual(list)
        for (const other of others) expect(next[other]).toBe(checklist[other])
        checklist = next
      }
    }),
    { numRuns: 300 },
  )
})

test('ranks never grow beyond what may be written: a thousand insertions at one place', () => {
  let checklist = firstChecklist([content, content], iso(start))
  const [first = '', last = ''] = orderOf(checklist)
  let respaced = 0
  for (let n = 0; n < 1_000; n++) {
    const id = idOfItem(n % 90)
    const before = checklist
    checklist = withItem(checklist, { id, ...content, after: first }, minutes(n))
    const order = orderOf(checklist)
    expect([order[0], order[1], order.at(-1)]).toEqual([first, id, last])
    expect(Math.max(...Object.values(checklist).map(({ rank }) => rank.length))).toBeLessThanOrEqual(
      longestRank,
    )
    if (before[last]?.rank !== checklist[last]?.rank) respaced += 1
  }
  expect(respaced).toBeGreaterThan(0)
})

test('once all have new ranks, items go to the front as ever, and touch no other', () => {
  const crowded = { ...content, rank: `h0000000V${'0'.repeat(longestRank - 10)}1` }
  const first = { [idOfItem('a')]: { ...crowded, rank: 'h0000000V' }, [idOfItem('b')]: crowded }
  let checklist = withItem(first, { id: idOfItem('c'), ...content, after: idOfItem('a') }, iso(start))
  expect(orderOf(checklist)).toEqual(['a', 'c', 'b'].map(idOfItem))
  expect(checklist[idOfItem('b')]).not.toEqual(first[idOfItem('b')])
  for (let n = 0; n < 20; n++) {
    const next = withItem(checklist, { id: idOfItem(n), ...content, after: null }, minutes(n))
    for (const id of Object.keys(checklist)) expect(next[id]).toBe(checklist[id])
    expect(orderOf(next)[0]).toBe(idOfItem(n))
    checklist = next
  }
})

test('an item that is moved to where it stands keeps its rank', () => {
  const checklist = firstChecklist([content, content, content], iso(start))
  const [one = '', two = '', three = ''] = orderOf(checklist)
  for (const [id, after] of [
    [one, null],
    [two, one],
    [three, two],
    [three, undefined],
  ] as const) {
    expect(withItem(checklist, { id, ...content, after }, minutes(1))).toEqual(checklist)
  }
})
