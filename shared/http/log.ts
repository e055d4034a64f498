/**
 * One structured line for each request: never a token, a mail address, a query value or a body.
 * `path` is the declared template, so that no identifier or key that a caller made up is logged.
 */
export interface RequestLine {
  readonly requestId: string
  readonly route: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
  readonly userId?: string
  readonly workspaceId?: string
  readonly problem?: string
  /** Class and stack of a surprise; messages may quote input and stay out. */
  readonly error?: { readonly name: string; readonly stack: readonly string[] }
}

export type Log = (line: RequestLine) => void

export const log: Log = (line) => {
  const level = line.status >= 500 ? 'error' : 'info'
  process.stdout.write(`${JSON.stringify({ level, ...line })}\n`)
}

/** Name and frames of an error, without its message: V8 writes that first, and its lines may look like frames. */
export const errorLine = (error: unknown): { name: string; stack: string[] } => {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] }
  const { name, message, stack = '' } = error
  const start = stack.indexOf(message)
  const behind = start < 0 ? stack : stack.slice(start + message.length)
  const frames = behind.split('\n').filter((line) => /^\s+at /.test(line))
  return { name, stack: frames.map((line) => line.trim()).slice(0, 12) }
}
