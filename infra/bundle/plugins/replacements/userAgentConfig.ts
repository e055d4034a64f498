/** Goes with `userAgent.ts`: there is nothing to configure. */
export const DEFAULT_UA_APP_ID = undefined
export const resolveUserAgentConfig = <T>(config: T): T => config
