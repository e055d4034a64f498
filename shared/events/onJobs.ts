import type { Context, SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { jobMessage } from '../api/schemas/jobs.ts'
import { accountMessage } from '../api/schemas/privacy.ts'
import { type AccountWork, runAccountWork } from '../domain/account/accountWork.ts'
import { type JobWorld, runJob } from '../domain/jobs/runJob.ts'
import { eachMessage } from './eachMessage.ts'

/** No step is begun with less time than this left: one takes a second or two. */
const enoughMs = 20_000

const isAboutAccount = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'kind' in content

/** Handler of the jobs queue: goes on until the work is done or time gets short. */
export const onJobs =
  (world: JobWorld & { readonly account: AccountWork }) => (event: SQSEvent, context: Context) =>
    eachMessage(event, {
      failed: 'job.failed',
      width: 1,
      deal: async (content) => {
        const hasTime = () => context.getRemainingTimeInMillis() > enoughMs
        if (isAboutAccount(content))
          return runAccountWork(z.parse(accountMessage, content), world.account, hasTime)
        await runJob(z.parse(jobMessage, content), world, hasTime)
        return true
      },
    })
