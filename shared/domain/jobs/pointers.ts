import { Failure } from '../failure.ts'

/** A refusal of a part as the refusal of the whole: its pointers begin with that of the part. */
export const asPart = (pointer: string, { code, message, errors, extra }: Failure): Failure => {
  const inside = errors.map((error) => ({ ...error, pointer: pointer + error.pointer }))
  return new Failure(code, message, {
    errors: inside.length > 0 ? inside : [{ pointer, detail: whyRefused[code] ?? 'was refused' }],
    extra: { ...extra },
  })
}

const whyRefused: Partial<Record<Failure['code'], string>> = {
  'not-found': 'must name a task that you may see',
  forbidden: 'is not allowed to your role',
  'precondition-failed': 'must be made from the present version',
}

/** Runs a check of a part of the body; its refusal is one of the whole. */
export const within = <Result>(pointer: string, check: () => Result): Result => {
  try {
    return check()
  } catch (error) {
    throw error instanceof Failure ? asPart(pointer, error) : error
  }
}
