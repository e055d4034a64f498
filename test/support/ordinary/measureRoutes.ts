import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { routes } from '../../../shared/api/routes.ts'
import { type Cost, meterOn } from '../meter.ts'
import { accessCalls } from './accessCalls.ts'
import { accountCalls } from './accountCalls.ts'
import { attachmentCalls } from './attachmentCalls.ts'
import { auditCalls } from './auditCalls.ts'
import type { OrdinaryCalls } from './call.ts'
import { commentCalls } from './commentCalls.ts'
import { detailCalls } from './detailCalls.ts'
import { groupCalls } from './groupCalls.ts'
import { jobCalls } from './jobCalls.ts'
import { lifeCalls } from './lifeCalls.ts'
import { liveCalls } from './liveCalls.ts'
import { mfaCalls } from './mfaCalls.ts'
import { notificationCalls } from './notificationCalls.ts'
import { structureCalls } from './structureCalls.ts'
import { taskCalls } from './taskCalls.ts'
import type { Team } from './team.ts'
import { tokenCalls } from './tokenCalls.ts'
import { webhookCalls } from './webhookCalls.ts'
import { wordCalls } from './wordCalls.ts'
import { workspaceCalls } from './workspaceCalls.ts'

/** One ordinary call of each route. */
export const ordinaryCalls: OrdinaryCalls = {
  ...accountCalls,
  ...accessCalls,
  ...mfaCalls,
  ...auditCalls,
  ...tokenCalls,
  ...notificationCalls,
  ...workspaceCalls,
  ...groupCalls,
  ...taskCalls,
  ...lifeCalls,
  ...structureCalls,
  ...attachmentCalls,
  ...commentCalls,
  ...detailCalls,
  ...wordCalls,
  ...jobCalls,
  ...webhookCalls,
  ...liveCalls,
}

export interface MeasuredRoute {
  readonly route: RouteDeclaration
  readonly cost: Cost
  readonly status: number
  /** Characters of the body, as JSON. */
  readonly replySize: number
}

/** Makes an ordinary call of every route that has one, and says what it cost. */
export const measureRoutes = async (team: Team): Promise<MeasuredRoute[]> => {
  const meter = meterOn(team.app.engine.client)
  const measured: MeasuredRoute[] = []
  for (const route of routes) {
    const call = await ordinaryCalls[route.name]?.(team)
    if (call === undefined) continue
    const { result, cost } = await meter.measure(() => team.app.call(call.who, route, call.request))
    measured.push({ route, cost, status: result.status, replySize: JSON.stringify(result.body ?? '').length })
  }
  return measured
}
