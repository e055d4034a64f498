import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editMember } from '../../../shared/api/routes/members.ts'
import { shareTask, unshareTask } from '../../../shared/api/routes/shares.ts'
import { completeTask } from '../../../shared/api/routes/tasks.ts'
import { editWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { consumeTableStream } from '../../../shared/api/triggers.ts'
import { eventKey, sequenceKey } from '../../../shared/data/keys.ts'
import { storesOf } from '../../../shared/data/stores/all.ts'
import { derivedStore } from '../../../shared/data/stores/derived.ts'
import { digestStore } from '../../../shared/data/stores/digests.ts'
import { groupStore } from '../../../shared/data/stores/groups.ts'
import { preferencesStore } from '../../../shared/data/stores/preferences.ts'
import { upkeepStore } from '../../../shared/data/stores/upkeep.ts'
import { follows, genesisOf, isIntact } from '../../../shared/domain/audit/chain.ts'
import { consume } from '../../../shared/domain/pipeline/consume.ts'
import { changeOf } from '../../../shared/events/records.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { Crash, crashingTable, type Fuse, newFuse } from '../../support/crashing.ts'
import { type AuditTeam, startAuditTeam } from './auditTeam.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Step = 'role' | 'rename' | 'task' | 'complete' | 'share' | 'unshare' | 'join'
const steps: Record<Step, (team: AuditTeam, who: Someone, n: number) => Promise<unknown>> = {
  role: ({ owner, workspaceId }, { userId }, n) =>
    app.call(owner, editMember, {
      params: { workspaceId, userId },
      body: { role: ['member', 'manager', 'admin'][n % 3] },
    }),
  rename: ({ owner, workspaceId }, _who, n) =>
    app.call(owner, editWorkspace, { params: { workspaceId }, body: { name: `Harbour ${n}` } }),
  task: (team, _who, n) => team.task(`Task ${n}`),
  complete: async (team) => {
    const { owner, workspaceId } = team
    const taskId = await team.task('Done at once')
    await app.call(owner, completeTask, { params: { workspaceId, taskId }, body: {} })
  },
  share: async (team, { userId }) => {
    const { owner, workspaceId } = team
    const params = { workspaceId, taskId: await team.task('Shared'), userId }
    await app.call(owner, shareTask, { params, body: { level: 'view' } })
  },
  unshare: async (team, { userId }) => {
    const { owner, workspaceId } = team
    const params = { workspaceId, taskId: await team.task('Shared no more'), userId }
    await app.call(owner, shareTask, { params, body: { level: 'edit' } })
    await app.call(owner, unshareTask, { params })
  },
  join: async ({ workspaceId }, _who, n) => app.join(await app.person(`New ${n}`), workspaceId, 'guest'),
}

/** All events of the sequence, from the log that holds every kind. */
const logOf = async (workspaceId: string) =>
  (await app.table.query({ pk: eventKey(workspaceId, 1).PK, limit: 1000 })).items

const expectWhole = async (team: AuditTeam, wanted: readonly string[]): Promise<void> => {
  const { workspaceId } = team
  const [log, entries, head] = await Promise.all([
    logOf(workspaceId),
    team.entries(),
    app.table.get(sequenceKey(workspaceId)),
  ])
  expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, n) => n + 1))
  expect(head).toMatchObject({ sequence: log.length, hash: log.at(-1)?.hash })
  let previous = genesisOf(workspaceId)
  for (const { PK: _, SK: __, itemType: ___, ttl: ____, ...event } of log) {
    expect(event.previousHash).toBe(previous)
    expect(isIntact(event)).toBe(true)
    previous = String(event.hash)
  }
  const ids = entries.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(entries.map(({ type }) => type).sort()).toEqual([...wanted].sort())
  const audited = log.filter(({ itemType }) => itemType === 'audit').map(({ sequence }) => sequence)
  expect(entries.map(({ sequence }) => sequence)).toEqual(audited)
  const links = [{ sequence: 0, hash: genesisOf(workspaceId) }, ...entries]
  for (const [n, entry] of entries.entries()) expect(follows(entry, links[n] as never)).toBe(true)
  expect(await team.verify()).toMatchObject([{ valid: true, checked: entries.length }])
}

const worldOver = (fuse: () => Fuse) => {
  const table = crashingTable(app.table, fuse)
  return {
    derived: derivedStore(table),
    stores: storesOf(table),
    groups: groupStore(table),
    digests: digestStore(table),
    preferences: preferencesStore(table),
    upkeeps: upkeepStore(table),
    queue: { send: async () => undefined },
    jobs: { send: async () => undefined },
    webhooks: { send: async () => undefined },
    objects: app.files.objects,
  }
}

const told: Record<Step, readonly string[]> = {
  role: ['member.roleChanged'],
  rename: ['workspace.edited'],
  task: [],
  complete: [],
  share: ['share.given'],
  unshare: ['share.given', 'share.taken'],
  // People of these tests join in the instant in which they sign in.
  join: ['member.joined', 'session.began'],
}

const stepNames = Object.keys(steps) as Step[]
const deliveries = fc.array(
  fc.record({
    back: fc.nat(12),
    // What comes too early was parked before it, say: it comes once more.
    ahead: fc.nat(6),
    length: fc.integer({ min: 1, max: 12 }),
    dies: fc.option(fc.nat(8)),
  }),
  { maxLength: 8 },
)

test('however records are delivered, cut off, repeated and split, each event stands once in one whole chain', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...stepNames), { minLength: 1, maxLength: 6 }),
      deliveries,
      async (some, parts) => {
        await app.drain()
        const team = await startAuditTeam(app)
        const who = await app.person('Wim')
        await app.join(who, team.workspaceId, 'member')
        // Each role differs from the one before.
        for (const [n, name] of some.entries()) await steps[name](team, who, n + 1)
        const records = await app.stream.read()
        let done = 0
        let fuse = newFuse()
        const world = worldOver(() => fuse)
        const deliver = (from: number, to: number) =>
          app.granted.as(consumeTableStream, () => consume(records.slice(from, to).map(changeOf), world))
        for (const { back, ahead, length, dies } of parts) {
          const from = Math.max(0, done - back) + ahead
          fuse = newFuse(dies ?? undefined)
          try {
            await deliver(from, from + length)
            if (from <= done) done = Math.max(done, Math.min(records.length, from + length))
          } catch (error) {
            if (!(error instanceof Crash)) throw error
          }
        }
        fuse = newFuse()
        await deliver(done, records.length)
        await deliver(0, records.length)
        await app.drain()
        const first = [
          'workspace.created',
          'session.began',
          'member.joined',
          'member.joined',
          'session.began',
        ]
        const roles = some.flatMap((name, n) => (name === 'role' ? [(n + 1) % 3] : []))
        const moves = roles.filter((role, n) => role !== (roles[n - 1] ?? 0)).length
        const others = some.filter((name) => name !== 'role').flatMap((name) => told[name])
        await expectWhole(team, [...first, ...others, ...Array(moves).fill('member.roleChanged')])
      },
    ),
    { numRuns: 25 },
  )
}, 240_000)

test('two consumers that race for the sequence lose and double nothing', async () => {
  await app.drain()
  const team = await startAuditTeam(app)
  for (let n = 0; n < 12; n++) {
    // Lines of different times: not their keys keep two of one number apart.
    app.clock.now += 1000
    await steps.rename(team, team.owner, n)
    await steps.task(team, team.owner, n)
  }
  const changes = (await app.stream.read()).map(changeOf)
  const world = worldOver(() => newFuse())
  // The sequence is there: nobody is told apart by having begun it.
  await consume(changes.slice(0, 4), world)
  const parts = changes.flatMap((_, n) => (n % 3 === 0 ? [changes.slice(n, n + 3)] : []))
  await Promise.all([...parts, ...parts].map((some) => consume(some, world)))
  await app.drain()
  const edits = Array(12).fill('workspace.edited')
  await expectWhole(team, ['workspace.created', 'member.joined', 'session.began', ...edits])
}, 60_000)
