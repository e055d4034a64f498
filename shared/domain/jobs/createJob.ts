import type { JobCreate, JobReply } from '../../api/schemas/jobs.ts'
import { ruleFor } from '../access/permissions.ts'
import { Failure } from '../failure.ts'
import type { WorkspacesByKey } from '../ports.ts'
import { checkPeople, type Everybody, peopleIn } from '../tasks/people.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Job } from './job.ts'
import { jobIdFor, replayJob, startJob } from './newJob.ts'
import { actionsFor } from './operation.ts'
import { within } from './pointers.ts'
import type { Jobs } from './ports.ts'

type CreateAsk = Ask<{ workspaceId: string }, unknown, JobCreate>

export interface JobStores {
  readonly jobs: Jobs
  readonly workspaces: WorkspacesByKey
}

interface Loaded {
  readonly id: string
  readonly made: Job | undefined
  readonly members: Everybody
}

/**
 * Puts a change of up to ten thousand tasks on record. What can be refused for all of them is refused here; each task
 * is looked at by the worker, with the role that the person has then.
 */
export const createJob: UseCase<CreateAsk, JobStores, Loaded, JobReply> = {
  load: async (ask, { jobs, workspaces }) => {
    const id = jobIdFor(ask)
    const { params, body, mark } = ask
    const [made, members] = await Promise.all([
      mark === null ? undefined : jobs.madeAs(params.workspaceId, id),
      peopleIn(body.action.kind === 'edit' ? body.action.patch : {}, params.workspaceId, workspaces),
    ])
    return { id, made, members }
  },
  run: async ({ ask, member }, { id, made, members }, { jobs }) => {
    if (made !== undefined) return replayJob(made, ask)
    const { action } = ask.body
    if (actionsFor(action).some((one) => ruleFor(member.role, one) === 'none')) throw new Failure('forbidden')
    if (action.kind === 'edit') within('/action/patch', () => checkPeople(action.patch, members, member))
    return startJob(ask, id, ask.body, jobs)
  },
}
