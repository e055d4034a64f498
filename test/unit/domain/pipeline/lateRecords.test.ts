import { expect, test } from 'vitest'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { consume } from '../../../../shared/domain/pipeline/consume.ts'
import type { Derived } from '../../../../shared/domain/pipeline/derived.ts'
import type { AllStores } from '../../../../shared/domain/ports.ts'
import { purgeAt } from '../../../../shared/domain/tasks/task.ts'
import { aPerson, aTask, aWorkspace, minutes } from '../support/builders.ts'
import { noDigests } from '../support/noDigests.ts'
import { noGroups } from '../support/noGroups.ts'
import { noPreferences } from '../support/noPreferences.ts'
import { noUpkeeps } from '../support/noUpkeeps.ts'

test('a name whose change arrives late is copied as it is now', async () => {
  const copied: string[] = []
  const derived = {
    copyPersonName: async ({ name }: { name: string }) => void copied.push(name),
    copyWorkspaceName: async ({ name }: { name: string }) => void copied.push(name),
  } as unknown as Derived
  const stores = {
    people: { person: async () => aPerson({ name: 'Ana Third' }) },
    workspaces: { workspace: async () => aWorkspace({ name: 'Acme Third' }) },
  } as unknown as AllStores
  const queue = { send: async () => {} }
  await consume(
    [
      { kind: 'person', before: aPerson(), after: aPerson({ name: 'Ana Second' }) },
      { kind: 'workspace', before: aWorkspace(), after: aWorkspace({ name: 'Acme Second' }) },
    ],
    {
      derived,
      stores,
      groups: noGroups,
      digests: noDigests,
      preferences: noPreferences,
      upkeeps: noUpkeeps,
      queue,
      jobs: queue,
      webhooks: queue,
      objects: { remove: async () => {} },
    },
  )
  expect(copied).toEqual(['Ana Third', 'Acme Third'])
})

test('a task is purged when its time in the trash was over, so that the log keeps it as long as other events', () => {
  const trashed = aTask({ trashedAt: minutes(5), updatedAt: minutes(5), version: 2 })
  expect(consequencesOf(trashed, undefined)?.event.at).toBe(purgeAt(minutes(5)))
})
