import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../../shared/api/declaration.ts'
import * as route from '../../../../shared/api/routes/members.ts'
import type { Table } from '../../../../shared/data/tablePort.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { editMember } from '../../../../shared/domain/workspaces/useMembers.ts'
import * as standing from '../../../../shared/domain/workspaces/useStanding.ts'
import { named, workspaceOf } from './support/workspaceWorld.ts'

const names = ['olga', 'otto', 'orla', 'adam', 'mia']
const cases: readonly (readonly [RouteDeclaration, unknown, object?])[] = [
  [route.editMember, editMember, { body: { role: 'member' } }],
  [route.editMember, editMember, { body: { role: 'owner' } }],
  [route.suspendMember, standing.suspendMember],
  [route.reinstateMember, standing.reinstateMember],
  [route.removeMember, standing.removeMember],
  [route.removeMember, standing.removeMember, { as: '@me' }],
  [route.transferOwnership, standing.transferOwnership],
]
const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom(...cases),
    by: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
  }),
  { minLength: 2, maxLength: 8 },
)

/** Everything that reaches the table does so in the order that the scheduler gives it. */
const scheduled =
  (scheduler: fc.Scheduler) =>
  (table: Table): Table => {
    const later =
      <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
      (...args: Args): Promise<Result> =>
        scheduler.schedule(Promise.resolve()).then(() => run(...args))
    return {
      get: later(table.get),
      query: later(table.query),
      put: later(table.put),
      update: later(table.update),
      delete: later(table.delete),
      transact: later(table.transact),
    }
  }

test('whatever several people do to one another at once, an active owner stays and all of them are counted', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, fc.scheduler(), async (all, scheduler) => {
      const members = [
        named('olga', 'owner'),
        named('otto', 'owner'),
        named('orla', 'owner', { state: 'suspended' }),
        named('adam', 'admin'),
        named('mia', 'member'),
      ]
      const world = await workspaceOf(members, scheduled(scheduler))
      const running = Promise.allSettled(
        all.map(({ deed: [declared, useCase, given], by, to }) =>
          world.act(declared, useCase, by, to, given),
        ),
      )
      const results = await scheduler.waitFor(running)
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Failure)
      }
      expect(await world.owners()).toBeGreaterThan(0)
      expect(await world.counted()).toBe(await world.owners())
    }),
    { numRuns: 1000 },
  )
})
