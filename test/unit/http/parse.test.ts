import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import * as people from '../../../shared/api/schemas/people.ts'
import { projectCreate } from '../../../shared/api/schemas/project.ts'
import * as tasks from '../../../shared/api/schemas/task.ts'
import { templateCreate } from '../../../shared/api/schemas/templates.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { parseBody, parseParams, parseQuery } from '../../../shared/http/parse.ts'

const refusal = (read: () => unknown): Failure => {
  try {
    read()
  } catch (error) {
    return error as Failure
  }
  throw new Error('was taken')
}
const pointersOf = (read: () => unknown) => refusal(read).errors.map(({ pointer }) => pointer)

/** Reads a JSON Pointer as RFC 6901 says. */
const follow = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

describe('a refused body', () => {
  test('names unknown fields by pointers that lead back to them, whatever their names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(!Object.keys(tasks.taskPatch.shape).includes(name))
        const body = JSON.parse(`{${JSON.stringify(name)}:1}`) as object
        const [pointer = ''] = pointersOf(() => parseBody(tasks.taskPatch, body))
        expect(follow(pointer)).toEqual([name])
      }),
    )
  })

  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', '__proto__'])(
    'takes %s for the unknown field it is',
    (name) => {
      const body = Object.defineProperty({}, name, { value: {}, enumerable: true })
      expect(pointersOf(() => parseBody(tasks.taskPatch, body))).toEqual([`/${name}`])
    },
  )

  test('names fields within lists and objects', () => {
    const body = {
      assigneeIds: ['x'],
      due: { date: '2026-02-30' },
      tags: ['ok', ''],
      reminders: [{ id: 'x' }],
    }
    expect(pointersOf(() => parseBody(tasks.taskPatch, body)).sort()).toEqual([
      '/assigneeIds/0',
      '/due/date',
      '/reminders/0/id',
      '/tags/1',
    ])
  })

  test('names fields within the one form of several that was meant, and the forms where none was', () => {
    const named = { name: 'N', kind: 'task' }
    const read = (body: object) => pointersOf(() => parseBody(templateCreate, body))
    expect(read({ ...named, tasks: [{ title: 5 }] })).toEqual(['/tasks/0/title'])
    expect(read({ ...named, tasks: [{ title: 'T', colour: 1 }, {}] })).toEqual([
      '/tasks/0/colour',
      '/tasks/1/title',
    ])
    expect(read({ ...named, tasks: [{ title: 'T', due: { inDays: '3' } }] })).toEqual(['/tasks/0/due/inDays'])
    for (const body of [{}, named, { name: 'N', fromTaskId: 'x', fromProjectId: 'y' }])
      expect(read(body)).toEqual([''])
  })

  test('says what would be right and never what was sent', () => {
    const wrong = fc.oneof(
      fc.constant('zq7zq7'),
      fc.constant('zq7'.repeat(300)),
      fc.constant(['zq7', { zq: 'zq7' }]),
      fc.constant({ dateTime: 'zq7', zone: 'zq7' }),
      fc.constant({ date: 'zq7' }),
      fc.constant(['zq7', 'zq7']),
      fc.constant('zq7\u0000'),
      fc.constant('zq7\ud800'),
    )
    const bodies = [
      tasks.taskCreate,
      people.signUp,
      people.invitationCreate,
      projectCreate,
      people.refreshRequest,
    ]
    const fields = [...new Set(bodies.flatMap(({ shape }) => Object.keys(shape)))]
    const body = fc.dictionary(fc.constantFrom(...fields), wrong, { noNullPrototype: true })
    fc.assert(
      fc.property(fc.constantFrom(...bodies), body, (schema, given) => {
        try {
          parseBody(schema, given)
        } catch (error) {
          const { code, errors, extra } = error as Failure
          expect(code).toBe('invalid-request')
          expect(errors.length).toBeGreaterThan(0)
          expect(JSON.stringify([errors, extra])).not.toContain('zq7')
          for (const { detail } of errors) expect(detail).toMatch(/^(must|is not) /)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('lists at most twenty errors', () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n]))
    expect(pointersOf(() => parseBody(tasks.taskPatch, body))).toHaveLength(20)
  })

  test.each([null, [], 'text', 5, true])('%j is no object', (body) => {
    const { errors } = refusal(() => parseBody(tasks.taskPatch, body))
    expect(errors).toEqual([{ pointer: '', detail: 'must be of type object' }])
  })
})

describe('texts', () => {
  const taken = (body: object) => parseBody(tasks.taskPatch, body)

  test('hold any Unicode but NUL and lone surrogates', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (description) => {
        const isWell = description.isWellFormed() && !description.includes('\u0000')
        if (isWell) expect(taken({ description })).toEqual({ description })
        else expect(pointersOf(() => taken({ description }))).toEqual(['/description'])
      }),
    )
  })

  test.each([
    ['title', 500],
    ['tag', 50],
  ])('%s: %i characters, however many code units and bytes they take', (name, most) => {
    const body = (text: string) => (name === 'title' ? { title: text } : { tags: [text] })
    for (const character of ['x', 'ä', '語', '🧾']) {
      expect(taken(body(character.repeat(most)))).toEqual(body(character.repeat(most)))
      expect(pointersOf(() => taken(body(character.repeat(most + 1))))).toHaveLength(1)
    }
    expect(pointersOf(() => taken(body(' \t\n ')))).toHaveLength(1)
    expect(taken(body(` x${' '.repeat(600)}`))).toEqual(body('x'))
  })

  test('a description has at most 65,536 bytes of UTF-8', () => {
    expect(taken({ description: '語'.repeat(21_845) })).toBeDefined()
    expect(pointersOf(() => taken({ description: `${'語'.repeat(21_845)}xx` }))).toEqual(['/description'])
  })

  test('lists do not repeat themselves, also after trimming', () => {
    expect(pointersOf(() => taken({ tags: ['a', ' a '] }))).toEqual(['/tags'])
    expect(pointersOf(() => taken({ tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }))).toEqual([
      '/tags',
    ])
  })
})

describe('dates, times and zones', () => {
  const isTaken = (due: unknown) => z.safeParse(tasks.taskPatch, { due }).success

  test.each([
    ['2026-02-28', true],
    ['2028-02-29', true],
    ['1970-01-01', true],
    ['2199-12-31', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-04-31', false],
    ['1969-12-31', false],
    ['2200-01-01', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    ['+002026-01-01', false],
    ['2026-01-01\n', false],
  ])('the day %j: %s', (date, expected) => {
    expect(isTaken({ date, zone: 'UTC' })).toBe(expected)
  })

  test.each([
    ['2026-02-28T00:00', true],
    ['2026-02-28T23:59:59', true],
    ['2026-02-29T10:00', false],
    ['2026-02-28T24:00', false],
    ['2026-02-28T10:60', false],
    ['2026-02-28T10:00Z', false],
    ['2026-02-28T10:00+01:00', false],
    ['2026-02-28 10:00', false],
    ['2026-02-28T10:00:00.5', false],
  ])('the wall time %j: %s', (dateTime, expected) => {
    expect(isTaken({ dateTime, zone: 'UTC' })).toBe(expected)
  })

  test.each([
    ['Europe/Madrid', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['+01:00', false],
    ['Mars/Olympus', false],
    ['', false],
    ['Europe/Madrid\u0000', false],
    ['x'.repeat(10_000), false],
  ])('the zone %j: %s', (zone, expected) => {
    expect(isTaken({ date: '2026-01-01', zone })).toBe(expected)
  })

  test('a moment is a day or a wall time, not both and not neither', () => {
    expect(isTaken({ date: '2026-01-01' })).toBe(true)
    expect(isTaken({ dateTime: '2026-01-01T10:00' })).toBe(false)
    expect(isTaken({ date: '2026-01-01', dateTime: '2026-01-01T10:00', zone: 'UTC' })).toBe(false)
    expect(isTaken({})).toBe(false)
    expect(isTaken('2026-01-01T10:00:00Z')).toBe(false)
    expect(isTaken(null)).toBe(true)
  })
})

describe('a refused query and path', () => {
  test('a query parameter is named by its name alone', () => {
    const shape = z.strictObject({ status: tasks.taskQuery.status })
    expect(pointersOf(() => parseQuery(shape, { status: 'open,nope' }))).toEqual(['?status'])
    expect(pointersOf(() => parseQuery(shape, { other: '1' }))).toEqual(['?other'])
  })

  test('a path that names nothing possible is not found, without a word', () => {
    const { code, errors } = refusal(() => parseParams(z.strictObject({ id: z.literal('x') }), { id: 'y' }))
    expect([code, errors]).toEqual(['not-found', []])
  })
})

describe('maps by id', () => {
  const id = 'fld_01jd3v8k6t9q2w4e7r5y8z0x1c'
  const taken = (customFields: unknown) => parseBody(tasks.taskPatch, { customFields })

  test('name the entry whose id or value is wrong, and say what would be right', () => {
    const { errors } = refusal(() => taken({ price: 5, [id]: true }))
    expect(errors).toEqual([
      { pointer: '/customFields/price', detail: 'must be an identifier that begins with fld_' },
      { pointer: `/customFields/${id}`, detail: expect.stringMatching(/^must be text .* or a number/) },
    ])
    expect(refusal(() => taken([])).errors).toEqual([
      { pointer: '/customFields', detail: 'must be of type object' },
    ])
  })

  test.each([
    ['a text of 1,000 characters', '語'.repeat(1_000), true],
    ['a text of 1,001', '語'.repeat(1_001), false],
    ['an empty text', ' ', false],
    ['a number', -1e15, true],
    ['a number too large to be exact', 1e15 + 2, false],
    ['nothing, which clears it', null, true],
  ])('%s', (_name, value, isTaken) => {
    const read = () => taken({ [id]: value })
    if (isTaken) expect(read()).toEqual({ customFields: { [id]: value } })
    else expect(pointersOf(read)).toEqual([`/customFields/${id}`])
  })
})
