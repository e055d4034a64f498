import type { Context, SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { jobMessage } from '../api/schemas/jobs.ts'
import { type JobWorld, runJob } from '../domain/jobs/runJob.ts'
import { eachMessage } from './eachMessage.ts'

/** No step is begun with less time than this left: one takes a second or two. */
const enoughMs = 20_000

/** Handler of the jobs queue: goes on until the chunk is done or time gets short. */
export const onJobs = (world: JobWorld) => (event: SQSEvent, context: Context) =>
  eachMessage(event, 'job.failed', async (content) => {
    const hasTime = () => context.getRemainingTimeInMillis() > enoughMs
    await runJob(z.parse(jobMessage, content), world, hasTime)
    return true
  })
