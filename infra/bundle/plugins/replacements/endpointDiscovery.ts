/**
 * Stands for the set-up of DynamoDB endpoint discovery, which is off by default and which no DynamoDB
 * command of ours takes part in: without it the cache of endpoints (an LRU library) falls away.
 */
export const resolveEndpointDiscoveryConfig = <T>(config: T): T => config
