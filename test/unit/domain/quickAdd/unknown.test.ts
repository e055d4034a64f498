import { expect, test } from 'vitest'
import { Failure } from '../../../../shared/domain/failure.ts'
import { withoutUnknown } from '../../../../shared/domain/quickAdd/assemble.ts'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { requireUnderstood } from '../../../../shared/domain/quickAdd/refuse.ts'
import { now, zone } from './sentences/sentence.ts'

const here = hereAt(now, zone)
const text = 'Ask @ana and @bob! +nowhere tomorrow \\#5 #home'
const [line] = parseQuickAdd(text, here)
if (line === undefined) throw new Error('one line')

const known = withoutUnknown(
  line,
  ({ kind, value }) =>
    kind === 'project' || (kind === 'assignee' && value === 'bob') ? `Nobody knows ${value}.` : undefined,
  here,
)

test('a name that nobody has goes back into the title, with a reason and its span', () => {
  expect(line.title).toBe('Ask and! #5')
  expect(known.title).toBe('Ask and @bob! +nowhere #5')
  expect(known.notUnderstood).toEqual([
    { start: 13, end: 17, text: '@bob', reason: 'Nobody knows bob.' },
    { start: 19, end: 27, text: '+nowhere', reason: 'Nobody knows nowhere.' },
  ])
})

test('everything else stays as it was', () => {
  const { assignees, tags, due, project, tokens } = known
  expect({ assignees, tags, due, project }).toEqual({
    assignees: ['ana'],
    tags: ['home'],
    due: { date: '2026-11-19' },
    project: undefined,
  })
  expect(tokens.map(({ kind }) => kind)).toEqual(['assignee', 'date', 'tag'])
  expect(withoutUnknown(line, () => undefined, here)).toEqual(line)
})

test('what is not understood is refused with every span, unless there is none', () => {
  expect(() => requireUnderstood([line])).not.toThrow()
  const refused = (() => {
    try {
      return requireUnderstood([line, known])
    } catch (error) {
      return error
    }
  })()
  expect(refused).toBeInstanceOf(Failure)
  expect(refused).toMatchObject({
    code: 'invalid-request',
    errors: [
      { pointer: '/text', detail: expect.stringContaining('"@bob"') },
      { pointer: '/text', detail: expect.stringContaining('"+nowhere"') },
    ],
    extra: {
      spans: [
        { start: 13, end: 17 },
        { start: 19, end: 27 },
      ],
    },
  })
})
