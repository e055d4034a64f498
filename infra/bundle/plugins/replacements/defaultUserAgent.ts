/** Goes with `userAgent.ts`: nobody asks for the sections of the header. */
export const createDefaultUserAgentProvider = () => undefined
export const defaultUserAgent = createDefaultUserAgentProvider
export const crtAvailability = { isCrtAvailable: false }
