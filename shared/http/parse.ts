import * as z from 'zod/mini'
import { Failure, type FieldError } from '../domain/failure.ts'

const escapePointer = (segment: PropertyKey): string =>
  String(segment).replaceAll('~', '~0').replaceAll('/', '~1')

type Issue = z.core.$ZodIssue

/** Types that JSON has by other names. */
const typeNames: Readonly<Record<string, string>> = { int: 'a whole number', record: 'of type object' }

/** What a length is counted in. */
const units: Readonly<Record<string, string>> = { array: ' items', string: ' characters' }

/** The plainest sentence for an issue: what would be right, never what was sent. */
const detailOf = (issue: Issue): string => {
  if (issue.code === 'invalid_type')
    return `must be ${typeNames[issue.expected] ?? `of type ${issue.expected}`}`
  if (issue.code === 'invalid_key') return issue.issues.map(detailOf)[0] ?? issue.message
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${units[issue.origin] ?? ''}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${units[issue.origin] ?? ''}`
  return issue.message
}

/** Of several forms the one that was meant: what is wrong lies deeper than its own members. */
const meantBy = (issue: Issue): readonly Issue[] | undefined =>
  issue.code === 'invalid_union'
    ? (issue.errors as Issue[][]).find((form) => form.every(({ path }) => path.length > 1))
    : undefined

const fieldErrors = (issue: Issue, prefix: string): FieldError[] => {
  const pointer = prefix + issue.path.map((segment) => `/${escapePointer(segment)}`).join('')
  const meant = meantBy(issue)
  if (meant !== undefined && meant.length > 0) return meant.flatMap((one) => fieldErrors(one, pointer))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      detail: 'is not a field of this request',
    }))
  }
  return [{ pointer, detail: detailOf(issue) }]
}

const errorLimit = 20

/** The value in its schema's type, or an `invalid-request` that names each field and what would be right. */
export const parseBody = <Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.infer<Shape> => {
  const result = z.safeParse(shape, value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, '')).slice(0, errorLimit)
  throw new Failure('invalid-request', undefined, { errors })
}

/** The same for the query string; fields are named `?name`. */
export const parseQuery = <Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.infer<Shape> => {
  const result = z.safeParse(shape, value)
  if (result.success) return result.data
  const errors = result.error.issues
    .flatMap((issue) => fieldErrors(issue, ''))
    .map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/([^/]*).*/, '?$1'), detail }))
  throw new Failure('invalid-request', undefined, { errors: errors.slice(0, errorLimit) })
}

/** Path parameters: what has not the form of an identifier names nothing that exists. */
export const parseParams = <Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.infer<Shape> => {
  const result = z.safeParse(shape, value)
  if (result.success) return result.data
  throw new Failure('not-found')
}
