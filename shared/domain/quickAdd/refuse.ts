import type { NotUnderstood, QuickAddLine } from '../../api/schemas/quickAdd.ts'
import { Failure } from '../failure.ts'

/** Something wrong with a stretch of the text; offsets as those of tokens. */
export interface Fault {
  readonly start: number
  readonly end: number
  readonly detail: string
}

/** The refusal of a text. Its `spans` say where in the text each fault lies. */
export const refuseText = (faults: readonly Fault[]): Failure =>
  new Failure('invalid-request', undefined, {
    errors: faults.map(({ detail }) => ({ pointer: '/text', detail })),
    extra: { spans: faults.map(({ start, end, detail }) => ({ start, end, detail })) },
  })

const faultOf = ({ start, end, text, reason }: NotUnderstood): Fault => ({
  start,
  end,
  detail: `"${text}" is not understood. ${reason} With keepUnknown it stays in the title.`,
})

/** Throws when something was not understood: nothing is created that the person has not seen to be so. */
export const requireUnderstood = (lines: readonly QuickAddLine[]): void => {
  const faults = lines.flatMap(({ notUnderstood }) => notUnderstood.map(faultOf))
  if (faults.length > 0) throw refuseText(faults)
}
