import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team } from './team.ts'

/** A workspace in whose log there is more than a page. */
const audited = async ({ app, owner }: Team) => {
  const made = await succeed(app, owner, createWorkspace, { body: { name: 'Audited', zone: 'UTC' } })
  const workspaceId = String(made.body.id)
  for (let n = 0; n < 60; n++) await app.join(await app.person(`Colleague ${n}`), workspaceId, 'member')
  await app.drain()
  return { who: owner, request: { params: { workspaceId } } }
}

export const auditCalls: OrdinaryCalls = { listAudit: audited, verifyAudit: audited, verifyHistory: audited }
