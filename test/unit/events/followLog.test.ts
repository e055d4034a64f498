import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followLog } from '../../../shared/api/triggers.ts'
import { eventKey, eventPrefix, noticePrefix } from '../../../shared/data/keys.ts'
import { auditCodec } from '../../../shared/data/stores/auditLines.ts'
import { commentEventCodec } from '../../../shared/data/stores/commentHistory.ts'
import { historyCodec } from '../../../shared/data/stores/history.ts'
import type { NumberedEvent } from '../../../shared/domain/audit/event.ts'
import type { Followed, Follower } from '../../../shared/domain/pipeline/followed.ts'
import { onLog } from '../../../shared/events/onLog.ts'
import { idOf, iso, start, userOf, workspaceId } from '../domain/support/builders.ts'

let written: string[] = []
beforeEach(() => {
  written = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => void vi.restoreAllMocks())

const otherWorkspace = idOf('workspace', 'other')

const taskEvent = (sequence: number, of = workspaceId) => ({
  workspaceId: of,
  sequence,
  type: 'task.changed' as const,
  taskId: idOf('task', `t${sequence}`),
  taskVersion: 2,
  at: iso(start + sequence),
  by: userOf('ana'),
  changes: [],
  cause: null,
})
const commentEvent = (sequence: number) => ({
  workspaceId,
  sequence,
  id: `c${sequence}`,
  type: 'comment.created' as const,
  taskId: idOf('task', 't1'),
  commentId: idOf('comment', 'c'),
  at: iso(start),
  by: userOf('ana'),
  through: 'web' as const,
  changes: [],
})
const auditEvent = (sequence: number, of = workspaceId) => ({
  workspaceId: of,
  sequence,
  id: `a${sequence}`,
  type: 'workspace.edited' as const,
  at: iso(start),
  orderedAt: iso(start),
  by: userOf('ana'),
  about: { kind: 'workspace' as const, id: of },
  changes: [],
  previousHash: '',
  previousAuditHash: '',
  hash: '',
})

const encoded = (event: NumberedEvent) => {
  if ('about' in event) return auditCodec.encode(event)
  return 'commentId' in event ? commentEventCodec.encode(event) : historyCodec.encode(event)
}

const recordOf = (event: NumberedEvent): DynamoDBRecord => {
  const item = encoded(event)
  const keys = eventKey(event.workspaceId, event.sequence)
  return {
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: `s${event.workspaceId}${event.sequence}`,
      Keys: marshall(keys) as never,
      NewImage: marshall({ ...item, ...keys, ttl: 1 }, { removeUndefinedValues: true }) as never,
    },
  }
}

/** A follower that notes what it was told. */
const listener = () => {
  const told: Followed[] = []
  const follow: Follower = async (followed) => void told.push(followed)
  return { told, follow }
}

test('followers are told the events of each workspace in the order of their numbers, each once', async () => {
  const all = [taskEvent(1), auditEvent(2), taskEvent(3), commentEvent(4), taskEvent(1, otherWorkspace)]
  const any = fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(any, async (delivered) => {
      const { told, follow } = listener()
      expect(await onLog([follow])({ Records: delivered.map(recordOf) })).toEqual({ batchItemFailures: [] })
      const distinct = [...new Set(delivered)]
      const expected = [workspaceId, otherWorkspace].map((id) => ({
        workspaceId: id,
        events: all.filter((event) => event.workspaceId === id && distinct.includes(event)),
      }))
      const inAnyOrder = (logs: Followed['logs']) =>
        [...logs].sort((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1))
      expect(told).toHaveLength(1)
      expect(inAnyOrder(told[0]?.logs ?? [])).toEqual(
        inAnyOrder(expected.filter(({ events }) => events.length > 0)),
      )
    }),
    { numRuns: 40 },
  )
})

test('events on both sides of a stretch of the log are told in one run, whichever shard was read first', async () => {
  const { told, follow } = listener()
  const delivered = [1000, 1001, 998, 999].map((n) => recordOf(taskEvent(n)))
  await onLog([follow])({ Records: delivered })
  expect(told[0]?.logs[0]?.events.map(({ sequence }) => sequence)).toEqual([998, 999, 1000, 1001])
})

test('what leaves the log when its time has come tells nobody anything', async () => {
  const { told, follow } = listener()
  const gone = recordOf(taskEvent(1))
  const removed = {
    ...gone,
    eventName: 'REMOVE' as const,
    dynamodb: { ...gone.dynamodb, OldImage: gone.dynamodb?.NewImage, NewImage: undefined },
  } as DynamoDBRecord
  await onLog([follow])({ Records: [removed] })
  expect(told).toMatchObject([{ logs: [], notices: [] }])
})

test('a follower that fails keeps no other from being told, and the batch comes again from what it could not do', async () => {
  const { told, follow } = listener()
  const stubborn: Follower = async ({ logs }) => {
    if (logs.some(({ events }) => events.some(({ sequence }) => sequence === 2))) throw new Error('zq7')
  }
  const handle = onLog([stubborn, follow])
  const Records = [1, 2, 3].map((n) => recordOf(taskEvent(n)))
  const failed = { itemIdentifier: `s${workspaceId}2` }
  expect(await handle({ Records })).toEqual({ batchItemFailures: [failed] })
  const numbers = told.flatMap(({ logs }) => logs.flatMap(({ events }) => events.map((e) => e.sequence)))
  expect(new Set(numbers)).toEqual(new Set([1, 2, 3]))
  expect(written.join()).not.toContain('zq7')
})

test('a record that cannot be read is named, and those around it are told', async () => {
  const { told, follow } = listener()
  const torn = recordOf(taskEvent(2))
  const unreadable = {
    dynamodb: { ...torn.dynamodb, NewImage: { itemType: { S: 'task' } } },
  } as DynamoDBRecord
  const Records = [recordOf(taskEvent(1)), unreadable, recordOf(taskEvent(3))]
  const { batchItemFailures } = await onLog([follow])({ Records })
  expect(batchItemFailures).toEqual([{ itemIdentifier: `s${workspaceId}2` }])
  expect(told.flatMap(({ logs }) => logs[0]?.events ?? []).map(({ sequence }) => sequence)).toEqual([1, 3])
})

test('a record that cannot be read does not make followers be told one by one', async () => {
  const { told, follow } = listener()
  const torn = recordOf(taskEvent(50))
  const unreadable = {
    dynamodb: { ...torn.dynamodb, NewImage: { itemType: { S: 'task' } } },
  } as DynamoDBRecord
  const Records = Array.from({ length: 99 }, (_, n) => (n === 49 ? unreadable : recordOf(taskEvent(n + 1))))
  const { batchItemFailures } = await onLog([follow])({ Records })
  expect(batchItemFailures).toEqual([{ itemIdentifier: `s${workspaceId}50` }])
  expect(told).toHaveLength(1)
  expect(written.join()).toContain(`s${workspaceId}50`)
})

test('of what cannot be read and what a follower cannot do, the batch comes again from the first', async () => {
  const torn = recordOf(taskEvent(3))
  const unreadable = {
    dynamodb: { ...torn.dynamodb, NewImage: { itemType: { S: 'task' } } },
  } as DynamoDBRecord
  const stubborn: Follower = async ({ logs }) => {
    if (logs.some(({ events }) => events.some(({ sequence }) => sequence === 2))) throw new Error('down')
  }
  const Records = [recordOf(taskEvent(1)), recordOf(taskEvent(2)), unreadable]
  const { batchItemFailures } = await onLog([stubborn])({ Records })
  expect(batchItemFailures).toEqual([{ itemIdentifier: `s${workspaceId}2` }])
})

test('the declaration asks for the keys that the followers read', () => {
  expect(followLog.sortKeys).toEqual(expect.arrayContaining([eventPrefix, noticePrefix]))
})
