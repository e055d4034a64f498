/** Metrics that functions put into their logs (CloudWatch embedded metric format). */
export const metricNamespace = 'Duely'

/** Their dimension: stages of one account have functions of their own. */
export const byFunction = 'FunctionName'

/** Tasks by which counters are off from what the lists show. */
export const statisticsDrift = 'StatisticsDrift'
