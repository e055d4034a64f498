import type { ProblemCode } from '../api/problems.ts'

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter, or the header's name. */
  readonly pointer: string
  readonly detail: string
}

/** An expected refusal. The HTTP kernel maps its code to a status; nothing else may. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: ProblemCode
  readonly errors: readonly FieldError[]
  /** Further members of the problem document, such as the three sides of a conflict. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ProblemCode,
    detail?: string,
    more: { errors?: readonly FieldError[]; extra?: Record<string, unknown> } = {},
  ) {
    super(detail ?? '')
    this.code = code
    this.errors = more.errors ?? []
    this.extra = more.extra ?? {}
  }
}

export const notFound = (): Failure => new Failure('not-found')

/** A field whose form is right but whose content cannot be accepted. */
export const invalidField = (pointer: string, detail: string): Failure =>
  new Failure('invalid-request', undefined, { errors: [{ pointer, detail }] })
