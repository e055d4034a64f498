import { Failure } from '../../domain/failure.ts'

/** Failures by the name of the exception that Cognito answers with. */
export type Refusals = Readonly<Record<string, () => Failure>>

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** The same failure for several exceptions, none of which may be told from the others. */
export const each = (names: readonly string[], failure: () => Failure): Refusals =>
  Object.fromEntries(names.map((name) => [name, failure]))

const always = each(
  ['TooManyRequestsException', 'LimitExceededException'],
  () => new Failure('too-many-requests', 'Wait a while before you try again.'),
)

/** Cognito's answer; the exceptions named become failures, all others are surprises and thrown as they are. */
export const answered = async <T>(answer: Promise<T>, refusals: Refusals = {}): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    const all = { ...always, ...refusals }
    const name = nameOf(error)
    throw Object.hasOwn(all, name) ? all[name]?.() : error
  }
}

/** Cognito's answer, or `undefined` after one of the exceptions named. */
export const answeredUnless = async <T>(
  answer: Promise<T>,
  names: readonly string[],
  refusals: Refusals = {},
): Promise<T | undefined> => {
  const settled = answer.catch((error: unknown) => {
    if (names.includes(nameOf(error))) return undefined
    throw error
  })
  return answered(settled, refusals)
}
