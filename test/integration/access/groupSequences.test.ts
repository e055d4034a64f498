import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as groups from '../../../shared/api/routes/groups.ts'
import { reinstateMember, removeMember, suspendMember } from '../../../shared/api/routes/members.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const [people, groupCount] = [4, 3]
const person = fc.nat({ max: people - 1 })
const group = fc.nat({ max: groupCount - 1 })
type Op =
  | readonly ['enter' | 'exit', number, number]
  | readonly ['suspend' | 'reinstate' | 'remove' | 'rejoin', number]
  | readonly ['assign', readonly number[], readonly number[]]
  | readonly ['deleteGroup', number]
  | readonly ['drain']
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('enter' as const, 'exit' as const), person, group) },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom('suspend' as const, 'reinstate' as const, 'remove' as const, 'rejoin' as const),
      person,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('assign' as const),
      fc.uniqueArray(person, { maxLength: 2 }),
      fc.uniqueArray(group, { maxLength: 3 }),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('deleteGroup' as const), group) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('drain' as const)) },
)

interface Model {
  readonly state: ('active' | 'suspended' | 'gone')[]
  readonly inside: Set<number>[]
  readonly deleted: Set<number>
  direct: readonly number[]
  assigned: readonly number[]
}

/** Whoever is an assignee, worked out anew each time: nobody keeps a list. */
const assigneesIn = ({ inside, direct, assigned }: Model): Set<number> =>
  new Set([...direct, ...assigned.flatMap((one) => [...(inside[one] ?? [])])])

test('assignees at the time of reading are those by name and whoever is in the groups, whatever happened before', async () => {
  const { app, owner, workspaceId } = team
  const call = async (who: Someone, route: RouteDeclaration, request: Request, fine: readonly number[]) => {
    const reply = await app.call(who, route, { ...request, params: { workspaceId, ...request.params } })
    expect(fine, `${route.name} ${JSON.stringify(reply.body)}`).toContain(reply.status)
    return reply
  }
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 4, maxLength: 16 }), async (ops) => {
      run += 1
      const crew = await Promise.all(Array.from({ length: people }, () => team.colleague('member')))
      const of = (n: number) => crew[n] as Someone
      const groupIds: string[] = []
      for (let n = 0; n < groupCount; n++) {
        const body = { name: `Crew ${run}.${n}` }
        groupIds.push((await call(owner, groups.createGroup, { body }, [201])).body.id)
      }
      const taskId = await team.addTask()
      const model: Model = {
        state: crew.map(() => 'active'),
        inside: groupIds.map(() => new Set<number>()),
        deleted: new Set(),
        direct: [],
        assigned: [],
      }
      const step = async (one: Op): Promise<void> => {
        app.clock.now += 1_000
        switch (one[0]) {
          case 'drain':
            return app.drain()
          case 'enter':
          case 'exit': {
            const [, who, where] = one
            const params = { groupId: String(groupIds[where]), userId: of(who).userId }
            const isThere = !model.deleted.has(where)
            if (one[0] === 'exit') {
              await call(owner, groups.removeGroupMember, { params }, [isThere ? 204 : 404])
              model.inside[where]?.delete(who)
              return
            }
            const isTaken = isThere && model.state[who] === 'active'
            await call(owner, groups.addGroupMember, { params, body: {} }, [isTaken ? 200 : 404])
            if (isTaken) model.inside[where]?.add(who)
            return
          }
          case 'assign': {
            const [, direct, assigned] = one
            const isGood =
              direct.every((n) => model.state[n] === 'active' || model.direct.includes(n)) &&
              assigned.every((n) => !model.deleted.has(n) || model.assigned.includes(n))
            const body = {
              assigneeIds: direct.map((n) => of(n).userId),
              assigneeGroupIds: assigned.map((n) => groupIds[n]),
            }
            await call(owner, tasks.editTask, { params: { taskId }, body }, [isGood ? 200 : 400])
            if (isGood) Object.assign(model, { direct, assigned })
            return
          }
          case 'deleteGroup': {
            const [, where] = one
            const params = { groupId: String(groupIds[where]) }
            await call(owner, groups.deleteGroup, { params }, [model.deleted.has(where) ? 404 : 204])
            model.deleted.add(where)
            model.inside[where]?.clear()
            return app.drain()
          }
          case 'rejoin': {
            const [, who] = one
            if (model.state[who] !== 'gone') return
            await app.join(of(who), workspaceId, 'member')
            model.state[who] = 'active'
            return
          }
          default: {
            const [kind, who] = one
            const route = { suspend: suspendMember, reinstate: reinstateMember, remove: removeMember }[kind]
            if (model.state[who] === 'gone') return
            const params = { userId: of(who).userId }
            await call(owner, route, { params, ...(kind !== 'remove' && { body: {} }) }, [200, 204])
            model.state[who] = kind === 'remove' ? 'gone' : kind === 'suspend' ? 'suspended' : 'active'
            if (kind === 'remove') for (const inside of model.inside) inside.delete(who)
          }
        }
      }
      const check = async (): Promise<void> => {
        const assignees = assigneesIn(model)
        for (const [n, who] of crew.entries()) {
          const isActive = model.state[n] === 'active'
          const { body } = await call(who, tasks.getTask, { params: { taskId } }, [isActive ? 200 : 404])
          if (isActive) expect(body.allowedActions.includes('task.edit')).toBe(assignees.has(n))
        }
      }
      for (const one of ops) {
        await step(one)
        await check()
      }
      await app.drain()
      await check()
      for (const [n, who] of crew.entries()) {
        if (model.state[n] !== 'active') continue
        const listed = await call(who, tasks.listAssignedTasks, { params: { userId: '@me' } }, [200])
        expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual(
          assigneesIn(model).has(n) ? [taskId] : [],
        )
      }
      for (const [where, groupId] of groupIds.entries()) {
        const { items } = await app.groups.places(workspaceId, groupId, 50)
        const inside = [...(model.inside[where] ?? [])].map((n) => of(n).userId)
        expect(items.map(({ userId }) => userId).sort()).toEqual(inside.sort())
        const present = await app.stores.workspaces.group(workspaceId, groupId)
        expect(present?.members).toBe(model.deleted.has(where) ? undefined : inside.length)
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
