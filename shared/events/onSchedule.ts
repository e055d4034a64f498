import type { Context } from 'aws-lambda'
import type { Part } from '../api/parts.ts'
import { eventLog } from './log.ts'

/** As what a function runs. */
interface Run extends Part {
  readonly functionName: string
}

/**
 * Handler of a rule. Runs up to now, not to the time of the rule: what is due is due.
 * @param event names the line that says how much there was, when there was something
 * @param run deals with what is due at an instant (RFC 3339) and counts it
 */
export const onSchedule =
  (event: string, run: (now: string, as: Run) => Promise<number>, clock: () => number = Date.now) =>
  async ({ part, parts }: Part, { functionName }: Pick<Context, 'functionName'>): Promise<void> => {
    const started = clock()
    const count = await run(new Date(started).toISOString(), { part, parts, functionName })
    if (count > 0) eventLog({ event, count, milliseconds: clock() - started })
  }
