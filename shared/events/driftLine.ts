import { byFunction, metricNamespace, statisticsDrift } from '../api/metrics.ts'
import type { Drift } from '../domain/upkeep/reconcile.ts'

/**
 * A line of the log that CloudWatch also takes for a metric (embedded metric format): by how many tasks the counters of
 * a project are off.
 */
export const driftLine = ({ workspaceId, projectId, tasks }: Drift, functionName: string): void => {
  const line = {
    [byFunction]: functionName,
    level: 'error',
    event: 'statistics.drift',
    workspaceId,
    projectId,
    [statisticsDrift]: tasks,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [[byFunction]],
          Metrics: [{ Name: statisticsDrift, Unit: 'Count' }],
        },
      ],
    },
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
