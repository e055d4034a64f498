import type { ProblemCode } from '../api/problems.ts'
import type { Standing } from './throttle/bucket.ts'

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter, or the header's name. */
  readonly pointer: string
  readonly detail: string
}

interface More {
  readonly errors?: readonly FieldError[]
  readonly extra?: Readonly<Record<string, unknown>>
  readonly standings?: readonly Standing[]
  readonly retryAfterSeconds?: number
}

/** An expected refusal. The HTTP kernel maps its code to a status; nothing else may. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: ProblemCode
  readonly errors: readonly FieldError[]
  /** Further members of the problem document, such as the three sides of a conflict. */
  readonly extra: Readonly<Record<string, unknown>>

  /** Where the caller stands with the limits of the route, if it has any. */
  readonly standings: readonly Standing[]
  /** When another attempt makes sense, where that is known. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: ProblemCode, detail?: string, more: More = {}) {
    super(detail ?? '')
    this.code = code
    this.errors = more.errors ?? []
    this.extra = more.extra ?? {}
    this.standings = more.standings ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }

  /** The same refusal of a caller who stands so. */
  standing(standings: readonly Standing[]): Failure {
    const { code, message, errors, extra, retryAfterSeconds } = this
    return new Failure(code, message, {
      errors,
      extra,
      standings,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    })
  }
}

export const notFound = (): Failure => new Failure('not-found')

/** What a request is about, if it is there at all. Tasks have one of their own: in the trash they are as good as gone. */
export const existing = <Found>(found: Found | undefined): Found => {
  if (found === undefined) throw notFound()
  return found
}

/** A field whose form is right but whose content cannot be accepted. */
export const invalidField = (pointer: string, detail: string): Failure =>
  new Failure('invalid-request', undefined, { errors: [{ pointer, detail }] })
