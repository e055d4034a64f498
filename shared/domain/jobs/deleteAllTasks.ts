import type { JobReply } from '../../api/schemas/jobs.ts'
import { invalidField, notFound } from '../failure.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Workspace } from '../workspaces/workspace.ts'
import type { JobStores } from './createJob.ts'
import type { Job } from './job.ts'
import { jobIdFor, replayJob, startJob } from './newJob.ts'

type DeleteAllAsk = Ask<{ workspaceId: string }, unknown, { confirm: string }>

interface Loaded {
  readonly id: string
  readonly made: Job | undefined
  readonly workspace: Workspace | undefined
}

/** Moves every task there is into the trash, as a job: behind the name of the workspace, typed by hand. */
export const deleteAllTasks: UseCase<DeleteAllAsk, JobStores, Loaded, JobReply> = {
  load: async (ask, { jobs, workspaces }) => {
    const id = jobIdFor(ask)
    const { workspaceId } = ask.params
    const [made, workspace] = await Promise.all([
      ask.mark === null ? undefined : jobs.madeAs(workspaceId, id),
      workspaces.workspace(workspaceId),
    ])
    return { id, made, workspace }
  },
  run: async ({ ask }, { id, made, workspace }, { jobs }) => {
    if (made !== undefined) return replayJob(made, ask)
    if (workspace === undefined) throw notFound()
    if (ask.body.confirm !== workspace.name) {
      throw invalidField('/confirm', 'must be the name of the workspace, letter for letter')
    }
    return startJob(ask, id, { action: { kind: 'trash' }, dryRun: false, taskIds: 'all' }, jobs)
  },
}
