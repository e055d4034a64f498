import { Failure } from '../failure.ts'

/** Fields of the request that uses a template, not of the template. */
const ofRequest: readonly string[] = ['/startDate']

/** Says which task of a template a refusal is about, by pointers into its list. */
export const inTask = <Result>(index: number, make: () => Result): Result => {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const errors = error.errors.map(({ pointer, detail }) => ({
      pointer: ofRequest.includes(pointer) ? pointer : `/tasks/${index}${pointer}`,
      detail,
    }))
    throw new Failure(error.code, error.message, { errors, extra: error.extra })
  }
}
