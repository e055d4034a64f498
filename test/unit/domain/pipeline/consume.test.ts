import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { consume } from '../../../../shared/domain/pipeline/consume.ts'
import type { Derived, Numbered } from '../../../../shared/domain/pipeline/derived.ts'
import type { Record } from '../../../../shared/domain/pipeline/record.ts'
import type { AllStores } from '../../../../shared/domain/ports.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import {
  anInvitation,
  aPerson,
  aTask,
  aWorkspace,
  idOf,
  minutes,
  userOf,
  workspaceId,
} from '../support/builders.ts'
import { noDigests } from '../support/noDigests.ts'
import { noGroups } from '../support/noGroups.ts'
import { noPreferences } from '../support/noPreferences.ts'
import { noUpkeeps } from '../support/noUpkeeps.ts'

/** Numbers of one project and what the consumer writes. `holders` names the task that claimed each number. */
const worldOf = (holders: Map<number, string>, stored: Task = aTask()) => {
  const log: string[] = []
  const sent: NoticeMessage[] = []
  const applied: [string, readonly Numbered[]][] = []
  let task = stored
  const derived: Derived = {
    apply: async (workspace, all) => void applied.push([workspace, all]),
    linkKey: async ({ key }) => void log.push(`link ${key}`),
    holdsNumber: async ({ id, key }) => holders.get(Number(key.slice(4))) === id,
    copyPersonName: async ({ name }) => void log.push(`person ${name}`),
    copyWorkspaceName: async ({ name }) => void log.push(`workspace ${name}`),
    freeTimer: async ({ timeEntryId }) => void log.push(`free ${timeEntryId}`),
    runningTimer: async () => undefined,
    rerank: async () => true,
    placeLinks: async ({ key }) => void log.push(`place ${key}`),
  }
  const tasks = {
    lastNumber: async () => Math.max(0, ...holders.keys()),
    claimNumber: async ({ id }: Task, number: number) => {
      if (!holders.has(number)) holders.set(number, id)
      return holders.get(number) === id
    },
    forgetKeys: async ({ key }: Task) => void log.push(`forget ${key}`),
    renumber: async (given: Task, key: string) => {
      if (task.key !== given.key) return { won: false, present: task }
      task = { ...task, key, revision: task.revision + 1 }
      return { won: true }
    },
  }
  const queue = { send: async (messages: readonly NoticeMessage[]) => void sent.push(...messages) }
  // Nothing has changed since the records.
  const [people, workspaces] = [
    { person: async () => undefined },
    { workspace: async () => undefined, memberships: async () => ({ items: [], more: false }) },
  ]
  const jobs = { send: async () => undefined }
  const objects = { remove: async () => undefined }
  const comments = { all: async () => [] }
  const stores = { tasks, people, workspaces, comments } as unknown as AllStores
  const world = {
    derived,
    stores,
    groups: noGroups,
    digests: noDigests,
    preferences: noPreferences,
    upkeeps: noUpkeeps,
    queue,
    jobs,
    webhooks: jobs,
    objects,
  }
  return { log, sent, applied, stored: () => task, consume: (records: Record[]) => consume(records, world) }
}
const created = (task: Task): Record => ({ kind: 'task', after: task })

describe('human ids', () => {
  const [mine, other] = [idOf('task', 'one'), idOf('task', 'other')]

  test('are linked once their number is claimed', async () => {
    const world = worldOf(new Map([[1, mine]]))
    await world.consume([created(aTask())])
    expect(world.log).toEqual(['link OPS-1'])
  })

  test('whose number another task holds become others', async () => {
    const holders = new Map([[1, other]])
    const world = worldOf(holders)
    await world.consume([created(aTask())])
    expect(world.log).toEqual([])
    expect(world.stored().key).not.toBe('OPS-1')
    expect(holders.get(Number(world.stored().key.slice(4)))).toBe(mine)
  })

  test('whose claim has not arrived yet stay what the answer to the request will say', async () => {
    // The route puts the task and claims the number side by side: the stream may be faster than the claim.
    const holders = new Map<number, string>()
    const world = worldOf(holders)
    await world.consume([created(aTask())])
    expect(world.stored().key).toBe('OPS-1')
    expect(holders).toEqual(new Map([[1, mine]]))
    expect(world.log).toEqual(['link OPS-1'])
  })

  test('are looked at only when they are new', async () => {
    const world = worldOf(new Map())
    const edited = applyPatch(
      aTask(),
      { title: 'x' },
      { userId: userOf('ana'), now: minutes(1), zone: 'UTC' },
    )
    await world.consume([
      { kind: 'task', before: aTask(), after: edited },
      { kind: 'task', before: edited },
    ])
    // Linked neither for the edit nor for the end, with which the id is given up.
    expect(world.log).toEqual(['forget OPS-1'])
  })
})

describe('consequences', () => {
  test('go in order, workspace by workspace', async () => {
    const world = worldOf(new Map([[1, idOf('task', 'one')]]))
    const foreign = aTask({ workspaceId: idOf('workspace', 'b') })
    const edited = applyPatch(
      aTask(),
      { title: 'x' },
      { userId: userOf('ana'), now: minutes(1), zone: 'UTC' },
    )
    await world.consume([
      created(aTask()),
      created(foreign),
      { kind: 'task', before: aTask(), after: edited },
    ])
    expect(
      world.applied.map(([workspace, all]) => [
        workspace,
        all.map(({ event }) => 'taskVersion' in event && event.taskVersion),
      ]),
    ).toEqual([
      [workspaceId, [1, 2]],
      [foreign.workspaceId, [1]],
    ])
  })

  test('come before notices, so that nobody is told of what is not in the history', async () => {
    const world = worldOf(new Map([[1, idOf('task', 'one')]]))
    const order: string[] = []
    const derived = { apply: async () => void order.push('apply') } as unknown as Derived
    const task = aTask({ assigneeIds: [userOf('ana')] })
    const queue = { send: async () => void order.push('send') }
    const remove = async () => void order.push('remove')
    const settled: Record = { kind: 'task', before: { ...task, version: 0, assigneeIds: [] }, after: task }
    await consume([settled], {
      derived,
      stores: {} as AllStores,
      groups: noGroups,
      digests: noDigests,
      preferences: noPreferences,
      upkeeps: noUpkeeps,
      queue,
      jobs: queue,
      webhooks: queue,
      objects: { remove },
    })
    expect(order).toEqual(['apply', 'send'])
    expect(world.sent).toEqual([])
  })
})

describe('notices', () => {
  const [unconfirmed, active] = [aPerson({ state: 'unconfirmed' }), aPerson()]
  const by = minutes(1)
  const withCodes = (...recoveryCodes: string[]) =>
    aPerson({ version: 5, mfa: { enabledAt: minutes(0), recoveryCodes } })
  const cases: [string, Record, string[]][] = [
    ['a confirmation', { kind: 'person', before: unconfirmed, after: active }, ['welcome']],
    ['a person made active at once', { kind: 'person', after: active }, ['welcome']],
    ['a person who waits', { kind: 'person', after: unconfirmed }, []],
    ['a second factor', { kind: 'person', before: active, after: withCodes('a', 'b') }, ['mfa enabled']],
    ['none any more', { kind: 'person', before: withCodes('a'), after: active }, ['mfa disabled']],
    [
      'a recovery code used',
      { kind: 'person', before: withCodes('a', 'b'), after: withCodes('a') },
      ['mfa recoveryCodeUsed'],
    ],
    [
      'new recovery codes',
      { kind: 'person', before: withCodes('a', 'b'), after: withCodes('c', 'd') },
      ['mfa recoveryCodesRenewed'],
    ],
    [
      'new recovery codes, fewer',
      { kind: 'person', before: withCodes('a', 'b'), after: withCodes('c') },
      ['mfa recoveryCodesRenewed'],
    ],
    [
      'an edit by somebody with a second factor',
      { kind: 'person', before: withCodes('a'), after: { ...withCodes('a'), zone: 'UTC' } },
      [],
    ],
    [
      'somebody with a second factor who is being deleted',
      { kind: 'person', before: withCodes('a'), after: { ...active, state: 'deleting' } },
      [],
    ],
    ['an edit of a profile', { kind: 'person', before: active, after: { ...active, zone: 'UTC' } }, []],
    ['a person who is gone', { kind: 'person', before: active }, []],
    ['an invitation', { kind: 'invitation', after: anInvitation(), by }, ['invited']],
    [
      'an accepted one',
      { kind: 'invitation', before: anInvitation(), after: anInvitation({ version: 2 }), by },
      [],
    ],
    ['an expired one', { kind: 'invitation', before: anInvitation(), by }, []],
    ['anything else', { kind: 'other' }, []],
  ]
  test.each(cases)('%s', async (_name, record, kinds) => {
    const world = worldOf(new Map())
    await world.consume([record])
    const told = world.sent.map((sent) => (sent.kind === 'mfa' ? `mfa ${sent.change}` : sent.kind))
    expect(told).toEqual(kinds)
  })
})

test('names are copied when they change, and only then', async () => {
  const world = worldOf(new Map())
  const [person, workspace] = [aPerson(), aWorkspace()]
  await world.consume([
    { kind: 'person', before: person, after: { ...person, name: 'Anna' } },
    { kind: 'person', before: person, after: { ...person, zone: 'UTC' } },
    { kind: 'person', after: person },
    { kind: 'workspace', before: workspace, after: { ...workspace, name: 'Acme 2' } },
    { kind: 'workspace', before: workspace, after: { ...workspace, owners: 2 } },
    { kind: 'workspace', after: workspace },
  ])
  expect(world.log).toEqual(['person Anna', 'workspace Acme 2'])
})
