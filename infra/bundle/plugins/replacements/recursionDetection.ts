interface Request {
  readonly request: { readonly headers: Record<string, string> }
}
type Handler = (args: Request) => Promise<unknown>

/**
 * Stands for the SDK's middleware that passes on Lambda's trace id, by which AWS stops functions that call
 * each other for ever. The original also looks into the store of runtimes that serve several requests at a time,
 * which the functions are not deployed on.
 */
export const recursionDetectionMiddleware =
  () =>
  (next: Handler): Handler =>
  (args) => {
    const { AWS_LAMBDA_FUNCTION_NAME: name, _X_AMZN_TRACE_ID: trace } = process.env
    if (name && trace) args.request.headers['X-Amzn-Trace-Id'] ??= trace
    return next(args)
  }
