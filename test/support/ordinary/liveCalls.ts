import { createTask } from '../../../shared/api/routes/tasks.ts'
import { logStore } from '../../../shared/data/stores/log.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

/** As many new tasks as a page of changes tells. */
const changed = async ({ app, owner, workspaceId, projectId }: Team): Promise<number> => {
  await app.drain()
  const since = await logStore(app.table).lastNumber(workspaceId)
  for (let n = 0; n < 50; n++)
    await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body: taskBody([]) })
  await app.drain()
  return since
}

export const liveCalls: OrdinaryCalls = {
  createLiveTicket: async ({ owner, workspaceId }) => ({
    who: owner,
    request: { params: { workspaceId }, body: {} },
  }),
  listChanges: async (team) => ({
    who: team.owner,
    request: { params: { workspaceId: team.workspaceId }, query: { since: String(await changed(team)) } },
  }),
}
