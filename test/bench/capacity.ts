import { measureRoutes } from '../support/ordinary/measureRoutes.ts'
import { startTeam } from '../support/ordinary/team.ts'
import { costSection } from './capacity/cost.ts'
import { deploymentFacts } from './capacity/deployment.ts'
import { measureGrowth } from './capacity/growth.ts'
import { measurePipeline } from './capacity/pipeline.ts'
import { pipelineSection, routesSection } from './capacity/tables.ts'
import type { Section } from './section.ts'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** One call of each route, and how long the lines are that such calls log. */
const measureCalls = async () => {
  const team = await startTeam()
  try {
    const routes = await measureRoutes(team)
    return { routes, logLine: mean(team.app.lines.map((line) => JSON.stringify(line).length)) }
  } finally {
    await team.app.close()
  }
}

/** What the product asks of the table: by route, as it grows, behind the scenes; and what all of it costs. */
export const measureCapacity = async (): Promise<readonly Section[]> => {
  const { routes, logLine } = await measureCalls()
  const pipeline = await measurePipeline()
  const cost = costSection({ routes, pipeline, logLine, deployment: deploymentFacts() })
  return [routesSection(routes), await measureGrowth(), pipelineSection(pipeline), cost]
}
