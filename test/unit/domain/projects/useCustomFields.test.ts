import { expect, test } from 'vitest'
import type { CustomFields } from '../../../../shared/domain/projects/customFields.ts'
import { type Project, unshaped } from '../../../../shared/domain/projects/project.ts'
import { createCustomField } from '../../../../shared/domain/projects/useCustomFields.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import {
  aMember,
  anAsk,
  aPerson,
  idOf,
  iso,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const field = {
  id: idOf('customField', 'one'),
  name: 'Weight',
  type: 'number' as const,
  options: [],
  required: false,
}
const project: Project = {
  ...unshaped(projectId),
  id: projectId,
  workspaceId,
  key: 'OPS',
  name: 'Operations',
  description: '',
  customFields: [field],
  createdAt: iso(start),
  createdBy: userOf('owner'),
  updatedAt: iso(start),
  updatedBy: userOf('ana'),
  version: 2,
}
const { id: _, ...body } = field

/** Declares the field that stands there already, when the request was not known yet as it was looked up. */
const declare = (ran: Awaited<ReturnType<CustomFields['ran']>>) => {
  const mark = { key: 'k', payload: 'p' }
  const ask = anAsk({ params: { workspaceId, projectId }, query: {}, body, mark })
  const call = { ask, person: aPerson(), member: aMember({ role: 'manager' }) } as Call<never>
  const world = { customFields: { ran: async () => ran } } as never
  return createCustomField.run(call, { project, ran: undefined }, world)
}

test('a field that a run of the same request has made meanwhile is no obstacle, but the answer', async () => {
  const { body: answered } = await declare({ payload: 'p', entity: project })
  expect(answered.customFields).toEqual([field])
})

test('one that somebody else has made is', async () => {
  await expect(declare(undefined)).rejects.toMatchObject({ errors: [{ pointer: '/name' }] })
})

test('another body under the key is told so', async () => {
  await expect(declare({ payload: 'other', entity: project })).rejects.toMatchObject({
    code: 'idempotency-mismatch',
  })
})
