import type { Context, SQSEvent } from 'aws-lambda'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { onJobs } from '../../../shared/events/onJobs.ts'
import { aJob, jobId } from '../domain/jobs/jobBuilders.ts'
import { workspaceId } from '../domain/support/builders.ts'

afterEach(() => vi.restoreAllMocks())

const eventOf = (...bodies: string[]) =>
  ({ Records: bodies.map((body, n) => ({ messageId: `message ${n}`, body })) }) as SQSEvent
const context = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context
const message = { workspaceId, jobId, work: 1 }
const chunk = { ...message, number: 1, expiresAt: '', taskIds: ['one'], next: 0, results: [] }

const worldOf = (sent: unknown[], job: () => Promise<unknown> = async () => aJob()) =>
  ({
    jobs: { job, chunk: async () => chunk },
    queue: { send: async (messages: readonly unknown[]) => void sent.push(...messages) },
    account: { people: { person: async () => undefined } },
  }) as unknown as Parameters<typeof onJobs>[0]

describe('the handler of the jobs queue', () => {
  test('reports what fails, so that it is delivered again, and logs it without its content', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const away = async () => Promise.reject(new Error('the table is away'))
    const reply = await onJobs(worldOf([], away))(eventOf(JSON.stringify(message)), context(60_000))
    expect(reply).toEqual({ batchItemFailures: [{ itemIdentifier: 'message 0' }] })
    const line = String(write.mock.calls[0]?.[0])
    expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'job.failed', messageId: 'message 0' })
    expect(line).not.toContain(jobId)
  })

  test.each(['nothing', '{}', JSON.stringify({ ...message, work: 'all' })])(
    'reports %s, which is no message of a job',
    async (body) => {
      vi.spyOn(process.stdout, 'write').mockReturnValue(true)
      const reply = await onJobs(worldOf([]))(eventOf(body), context(60_000))
      expect(reply.batchItemFailures).toHaveLength(1)
    },
  )

  test('begins no step with twenty seconds left: the message goes back and counts as done', async () => {
    const sent: unknown[] = []
    const reply = await onJobs(worldOf(sent))(eventOf(JSON.stringify(message)), context(20_000))
    expect([reply, sent]).toEqual([{ batchItemFailures: [] }, [message]])
  })
})
