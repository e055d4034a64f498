import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CustomField, customFieldTypes } from '../../../../shared/api/schemas/project.ts'
import type { CustomValue } from '../../../../shared/api/schemas/task.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { checkCustomFields, fieldsIn } from '../../../../shared/domain/tasks/customFields.ts'
import { aMember, idOf, projectId, userOf, workspaceId } from '../support/builders.ts'

const id = idOf('customField', 'one')
const ana = aMember({ userId: userOf('ana') })
const options = ['Road', 'Rail', '2028-02-29']

const declared = (type: CustomField['type'], required = false, project = projectId) => ({
  fields: new Map([[id, { id, workspaceId, projectId: project, name: 'F', type, options, required }]]),
  people: new Map([[ana.userId, ana]]),
})
const isAccepted = (run: () => void): boolean => {
  try {
    run()
    return true
  } catch (error) {
    const { code, errors } = error as Failure
    expect([code, errors.map(({ pointer }) => pointer)]).toEqual(['invalid-request', [`/customFields/${id}`]])
    return false
  }
}

const days = ['2028-02-29', '2027-02-28', '1970-01-01', '2199-12-31']
/** What each type is, said once more. */
const isOf: Record<CustomField['type'], (value: CustomValue) => boolean> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  date: (value) => days.includes(String(value)),
  choice: (value) => options.includes(String(value)),
  person: (value) => value === ana.userId,
}
const values: fc.Arbitrary<CustomValue> = fc.oneof(
  fc.constantFrom('Rail', 'rail', ...days, '2027-02-29', '2200-01-01', ana.userId, userOf('ben'), 'toString'),
  fc.constantFrom(0, -1.5, 1e15),
)
const type = fc.constantFrom(...customFieldTypes)

describe('a value', () => {
  test('is accepted exactly when it is one of the field’s type, and the field one of the task’s projects', () => {
    const further = idOf('project', 'further')
    const projects = fc.constantFrom(projectId, further, idOf('project', 'foreign'))
    const standing = { projectId, ranks: { [projectId]: 'h1', [further]: 'h1' } }
    fc.assert(
      fc.property(type, values, projects, (of, value, project) => {
        const check = () =>
          checkCustomFields({ customFields: { [id]: value } }, declared(of, false, project), standing)
        expect(isAccepted(check)).toBe(project !== idOf('project', 'foreign') && isOf[of](value))
      }),
      { numRuns: 500 },
    )
  })

  test('that stands in the task already may stay and may go, whatever has become of its field', () => {
    const gone = { fields: new Map([[id, undefined]]), people: new Map() }
    fc.assert(
      fc.property(fc.option(type), values, (of, value) => {
        const now = of === null ? gone : { ...declared(of), people: new Map() }
        for (const after of [value, null]) {
          const task = { projectId, customFields: { [id]: value } }
          expect(isAccepted(() => checkCustomFields({ customFields: { [id]: after } }, now, task))).toBe(true)
        }
      }),
    )
  })

  test('of a required field may not go', () => {
    const clear = (customFields: Record<string, CustomValue>, required: boolean) =>
      isAccepted(() =>
        checkCustomFields({ customFields: { [id]: null } }, declared('text', required), {
          projectId,
          customFields,
        }),
      )
    expect([clear({ [id]: 'x' }, true), clear({ [id]: 'x' }, false), clear({}, true)]).toEqual([
      false,
      true,
      true,
    ])
  })
})

test('what bodies name is looked up once each, and only what looks like a person as a person', async () => {
  const asked: string[] = []
  const note = async (_: string, what: string) => void asked.push(what)
  const other = idOf('customField', 'two')
  const bodies = [
    { customFields: { [id]: ana.userId, [other]: 'Rail' } },
    { customFields: { [id]: ana.userId } },
    {},
  ]
  const stores = { projects: { field: note }, workspaces: { member: note } }
  const found = await fieldsIn(bodies, workspaceId, stores as never)
  expect(asked.sort()).toEqual([id, other, ana.userId].sort())
  expect([...found.fields.keys()]).toEqual([id, other])
})
