/** Stands for the SDK's middleware that logs inputs and outputs; no client of ours is given a logger. */
export const loggerMiddleware = () => (next: unknown) => next
export const loggerMiddlewareOptions = { name: 'loggerMiddleware', step: 'initialize' }
export const getLoggerPlugin = () => ({ applyToStack: () => undefined })
