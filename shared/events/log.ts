import type { errorLine } from '../http/log.ts'

/** One structured line; identifiers and counts, never content or addresses. */
export interface EventLine {
  readonly event: string
  readonly [detail: string]: string | number | ReturnType<typeof errorLine>
}

export const eventLog = (line: EventLine): void => {
  process.stdout.write(`${JSON.stringify({ level: line.error === undefined ? 'info' : 'error', ...line })}\n`)
}
