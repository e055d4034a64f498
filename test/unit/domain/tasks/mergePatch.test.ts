import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePatch } from '../../../../shared/domain/tasks/mergePatch.ts'

type Members = Record<string, unknown>

/** RFC 7396, appendix A, in its order, as far as the patch is an object: target, patch, result. */
const examples: [unknown, Members, Members][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

/** The patch of section 3 of the RFC, which has a bit of everything. */
const article = {
  title: 'Goodbye!',
  author: { givenName: 'John', familyName: 'Doe' },
  tags: ['example', 'sample'],
  content: 'This will be unchanged',
}

describe('a merge patch', () => {
  test.each(examples)('%j patched with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })

  test('changes, adds, clears and keeps as the RFC tells', () => {
    const patch = {
      title: 'Hello!',
      phoneNumber: '+01-123-456-7890',
      author: { familyName: null },
      tags: ['example'],
    }
    expect(mergePatch(article, patch)).toEqual({
      title: 'Hello!',
      author: { givenName: 'John' },
      tags: ['example'],
      content: 'This will be unchanged',
      phoneNumber: '+01-123-456-7890',
    })
  })

  const json = fc.letrec<{ value: unknown; object: Members }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, true, 1, 'x'),
      fc.array(fc.constantFrom(null, 1, 'x'), { maxLength: 2 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  }))

  test('leaves what it is given as it was', () => {
    fc.assert(
      fc.property(json.object, json.object, (target, patch) => {
        const given = structuredClone([target, patch])
        mergePatch(target, patch)
        expect([target, patch]).toEqual(given)
      }),
    )
  })

  test('applied twice is applied once', () => {
    fc.assert(
      fc.property(json.object, json.object, (target, patch) => {
        const once = mergePatch(target, patch)
        expect(mergePatch(once, patch)).toEqual(once)
      }),
    )
  })

  test('decides of each member: cleared by null, else as the patch has it, else as it was', () => {
    fc.assert(
      fc.property(json.object, json.object, (target, patch) => {
        const merged = mergePatch(target, patch)
        for (const name of ['a', 'b', 'c']) {
          const value = patch[name]
          const isPlain = value === null || typeof value !== 'object' || Array.isArray(value)
          if (value === null) expect(Object.keys(merged)).not.toContain(name)
          else if (value === undefined) expect(merged[name]).toEqual(target[name])
          else if (isPlain) expect(merged[name]).toEqual(value)
          else expect(merged[name]).toEqual(mergePatch(target[name], value as Members))
        }
      }),
    )
  })
})
