import type { Through } from '../api/schemas/record.ts'
import type { Target } from './access/target.ts'
import type { Person } from './account/person.ts'
import type { RequestMark } from './tasks/task.ts'
import type { Standing } from './throttle/bucket.ts'
import type { PresentedToken } from './tokens/token.ts'
import type { Member } from './workspaces/workspace.ts'

/** What is known of a request before anything has been read. */
export interface Ask<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** RFC 3339, UTC, milliseconds; the one clock of the request. */
  readonly now: string
  /** `sub` of the verified token; empty on routes that need none. */
  readonly userId: string
  /** Empty where a personal access token stands for the person. */
  readonly sessionId: string
  readonly token?: PresentedToken
  readonly userAgent: string
  /** By what door it came. */
  readonly through: Through
  /** Where the page asked for begins, from the cursor. */
  readonly position: string | undefined
  /** The request's Idempotency-Key and payload, as hashes. */
  readonly mark: RequestMark | null
  /** Version that If-Match names. */
  readonly expected: number | undefined
  /** Language the client prefers (RFC 9110, Accept-Language). */
  readonly language: Person['language']
  readonly refreshToken: string | undefined
}

/** A request whose caller is known and may do what it asks. */
export interface Call<A extends Ask = Ask> {
  readonly ask: A
  readonly person: Person
  readonly member: Member
}

export interface Outcome<Body> {
  readonly body: Body
  /** Version of the representation; becomes the ETag. */
  readonly version?: number
  /** Path of what was created; becomes Location. */
  readonly location?: string
  /** Where the next page begins; becomes the `next` link. */
  readonly nextPosition?: string | undefined
  /** Refresh token to put into the cookie, and how long its session lives; `null` clears it. */
  readonly cookie?: { readonly value: string; readonly expiresAt: string } | null
  /** Where the caller stands with the limits of the route, if it has any. */
  readonly standings?: readonly Standing[]
  /** Bytes and their type, for the few replies that are not JSON; `policy`: what a page of ours may do (CSP). */
  readonly file?: { readonly bytes: Uint8Array; readonly mediaType: string; readonly policy?: string }
}

/**
 * What a route does. `load` starts every read it needs in one turn, so that they travel together with those
 * that identify the caller; what it returns is looked at only once the caller is allowed.
 */
export interface UseCase<A extends Ask, World, Loaded, Body> {
  readonly load?: (ask: A, world: World) => Promise<Loaded>
  /** Whose own the target is and where it stands. Throws `not-found` when there is no target. */
  readonly about?: (loaded: Loaded, ask: A) => Target
  readonly run: (call: Call<A>, loaded: Loaded, world: World) => Promise<Outcome<Body>>
}
