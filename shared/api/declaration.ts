/**
 * The vocabulary in which routes, queue consumers, stream consumers and schedules are declared.
 * One declaration is the source for the Lambda and its grants, the API Gateway route, validation, OpenAPI,
 * the typed client, the local gateway, the budget test and the authorisation matrix.
 */
import type * as z from 'zod/mini'
import type { Action } from './actions.ts'
import type { ProblemCode } from './problems.ts'
import type { Throttle, Unthrottled } from './throttles.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call. There is no default: a route without an access rule does not compile. */
export type Access =
  /** Anybody. The reason says why no credential is asked for. */
  | { readonly kind: 'public'; readonly reason: string }
  /** Anybody who holds a refresh token (cookie or body); the session behind it must be live. */
  | { readonly kind: 'refresh'; readonly reason: string }
  /**
   * A live session; the route touches only what belongs to the caller. Personal access tokens are refused unless
   * `tokens` says which may: all, or only those that are not bound to a workspace.
   */
  | { readonly kind: 'session'; readonly reason: string; readonly tokens?: 'all' | 'unbound' }
  /** A live session, or a token with the scope, of an active member of `{workspaceId}` whose role allows the action. */
  | { readonly kind: 'member'; readonly action: Action }

/** DynamoDB operations a function may perform on the table; `Query` names the index it reads. */
export type TableUse =
  | 'BatchGetItem'
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | `Query:${IndexName}`
  | 'TransactWriteItems'

export type IndexName =
  | 'byDue'
  | 'byPriority'
  | 'byCreated'
  | 'byUpdated'
  | 'byRank'
  | 'byReminder'
  | 'byPerson'
export const queueNames = ['notifications', 'jobs', 'mailEvents', 'webhooks'] as const
export type QueueName = (typeof queueNames)[number]
/** Cognito operations that need IAM; the public client operations (SignUp, InitiateAuth, …) need none. */
export type IdentityUse =
  | 'AdminGetUser'
  | 'AdminSetUserPassword'
  | 'AdminSetUserMFAPreference'
  | 'AdminDeleteUser'

/**
 * What a function does with attached files: lets browsers upload; checks an upload and takes it over; lets browsers
 * download; removes. The same of exports of people's own data, which only functions write. A presigned request may do
 * what the function that signed it may.
 */
export type FileUse =
  | 'Upload'
  | 'Accept'
  | 'Download'
  | 'Remove'
  | 'WriteExport'
  | 'DownloadExport'
  | 'RemoveExport'

/** Tells clients where live connections are opened; sends over them and closes them. */
export type LiveUse = 'Address' | 'Send'

/** What a function touches. Grants and environment variables both follow from it, and nothing else is granted. */
export interface Uses {
  readonly table?: readonly TableUse[]
  readonly queues?: readonly QueueName[]
  /** `[]` means: only Cognito's public client operations. */
  readonly identity?: readonly IdentityUse[]
  readonly mail?: true
  /** Opens what is sealed with the deployment’s key. Functions behind the gateway are told it anyway. */
  readonly sealed?: true
  readonly files?: readonly FileUse[]
  readonly live?: readonly LiveUse[]
}

/**
 * What one call of a route costs at most, measured by a test.
 * `depth`: round trips that wait for one another; `calls`: DynamoDB requests;
 * `readUnits`/`writeUnits`: consumed capacity, indexes included.
 */
export interface Budget {
  readonly depth: number
  readonly calls: number
  readonly readUnits: number
  readonly writeUnits: number
}

/** The token in it is taken as if it stood in the body; it is set on demand, or anew; it is cleared. */
type CookieUse = 'taken' | 'set' | 'cleared'

type Shape = z.ZodMiniType

export interface RouteDeclaration<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape | undefined = Shape | undefined,
  Reply extends Shape | undefined = Shape | undefined,
> {
  /** Name of the function file, Lambda, log group and OpenAPI operation. */
  readonly name: string
  readonly method: Method
  /** Path with whole-segment `{parameters}`, as API Gateway takes it. */
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly access: Access
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Largest body in bytes; 256 KB where it is absent, and never above 1 MB. */
  readonly maxBodyBytes?: number
  /** The one success: status and body schema (`undefined`: no content), with the media type if not JSON. */
  readonly reply: {
    readonly status: 200 | 201 | 202 | 204
    readonly schema: Reply
    readonly mediaType?: string
  }
  /** Problems this route may answer beyond those every route may (`commonProblems`). */
  readonly problems: readonly ProblemCode[]
  /**
   * Representation has a strong ETag; reads honour If-None-Match, writes If-Match where they can be stale
   * (`precondition-failed`).
   */
  readonly etag?: true
  /**
   * What it does with the cookie of the refresh token; only requests of our own origin have to do with it
   * (`cross-site`).
   */
  readonly refreshCookie?: readonly CookieUse[]
  /** How often it may be tried. Every route that asks for no live session has one, or says why not. */
  readonly throttle?: Throttle | Unthrottled
  readonly uses: Uses
  readonly budget: Budget
}

/** A declaration whose body may be absent by omission; fixes the literal types for inference. */
export function route<
  P extends Shape,
  Q extends Shape,
  B extends Shape | undefined,
  R extends Shape | undefined,
>(declaration: RouteDeclaration<P, Q, B, R>): RouteDeclaration<P, Q, B, R> {
  return declaration
}

interface Trigger {
  /** Name of the function file, Lambda and log group. */
  readonly name: string
  readonly summary: string
  readonly timeoutSeconds: number
  /** Memory in MB, and by it the share of a processor: 1,769 are a whole one. 512 where it is absent. */
  readonly memoryMb?: number
  /** What trails behind where it is slow; without it alarms watch only what it parks. */
  readonly feeds?: string
  readonly uses: Uses
}

/** Reads the table's stream: old and new images, in order per item. */
export interface StreamConsumer extends Trigger {
  readonly kind: 'stream'
  /** It is called for items whose sort key begins with one of these, and for no others; absent: for all. */
  readonly sortKeys?: readonly string[]
  readonly batchSize: number
  readonly batchWindowSeconds: number
  /** Attempts on a failing batch before it is bisected down to the poison record, which is then parked. */
  readonly retryAttempts: number
  readonly bisectBatchOnError: true
  /** Failures are reported per record, so that good ones are not delivered again. */
  readonly reportBatchItemFailures: boolean
}

/** Takes messages of a queue; a message that fails `maxReceives` times moves to the dead-letter queue. */
export interface QueueConsumer extends Trigger {
  readonly kind: 'queue'
  readonly queue: QueueName
  readonly batchSize: number
  readonly maxReceives: number
  readonly visibilityTimeoutSeconds: number
  /** What people wait for when it is late, as an alarm says; where it is absent, nobody notices and none watches. */
  readonly feeds?: string
  /** Invocations at once, at most; AWS takes 2 and more. */
  readonly maxConcurrency: number
}

/** Runs on the clock. */
export interface Schedule extends Trigger {
  readonly kind: 'schedule'
  readonly everyMinutes: number
  /** Invocations beside one another, each for its part of what there is; a rule has five targets at most. 1 where absent. */
  readonly parts?: number
}

/** Answers what comes over a live connection, as one route of API Gateway's WebSocket API. */
export interface SocketDeclaration extends Trigger {
  readonly kind: 'socket'
  readonly routeKey: '$connect' | '$default' | '$disconnect'
}

export type TriggerDeclaration = StreamConsumer | QueueConsumer | Schedule
