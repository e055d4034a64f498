/** Where the e2e suite runs, told to every test file by `globalSetup.ts`. */
export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Mails it sent, as JSON: the local inbox or MiniStack's. */
  readonly mailboxUrl: string
  /** An origin besides its own from which browsers may call it. */
  readonly allowedOrigin: string
  /** Everything the local runtime printed; absent for a deployment elsewhere. */
  readonly logFile?: string
}

declare module 'vitest' {
  interface ProvidedContext {
    target: Target
  }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

/** The mails of a local runtime, seen from its own address. */
export const inboxOf = (baseUrl: string): string => `${baseUrl}/inbox/store`

/**
 * A deployment named by `BASE_URL`; `undefined` without one. `MAILBOX_URL` defaults to the inbox of a local runtime,
 * `ALLOWED_ORIGIN` to what the stages for development allow.
 */
export function deployedTarget(environment: NodeJS.ProcessEnv): Target | undefined {
  const { BASE_URL, MAILBOX_URL, ALLOWED_ORIGIN = 'http://localhost:3000' } = environment
  if (BASE_URL === undefined || BASE_URL === '') return undefined
  const baseUrl = withoutSlash(BASE_URL)
  return { baseUrl, mailboxUrl: MAILBOX_URL ?? inboxOf(baseUrl), allowedOrigin: ALLOWED_ORIGIN }
}
