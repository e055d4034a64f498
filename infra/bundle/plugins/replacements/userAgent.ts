interface Request {
  readonly request: { readonly headers: Record<string, string> }
}
type Handler = (args: Request) => Promise<unknown>
interface Stack {
  add(middleware: (next: Handler) => Handler, options: object): void
}

const value = `aws-sdk-js duely ${process.env.AWS_EXECUTION_ENV ?? ''}`.trim()

/**
 * Stands for the SDK's middleware that names each feature in use in the `user-agent` header, for AWS's
 * statistics. The header stays, in short.
 */
export const userAgentMiddleware =
  () =>
  (next: Handler): Handler =>
  (args) => {
    args.request.headers['user-agent'] = value
    return next(args)
  }

export const getUserAgentMiddlewareOptions = {
  name: 'getUserAgentMiddleware',
  step: 'build',
  priority: 'low',
  override: true,
}

export const getUserAgentPlugin = () => ({
  applyToStack: (stack: Stack) => stack.add(userAgentMiddleware(), getUserAgentMiddlewareOptions),
})
