import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import type { Reply } from '../../support/app.ts'
import { drain } from './drain.ts'
import { all, happen, type Model, type ModelTask, type Person } from './model.ts'
import { hasBelow } from './repeated.ts'
import { barred, isRefused, type Refusal, type Right, refused, unknownId, type Verdict } from './rules.ts'
import { type Session, tick } from './session.ts'
import { pathsBetween, type State, valueIn } from './state.ts'

export type Step = fc.AsyncCommand<Model, Session>

/** A command of a session: a moment later than the one before. */
export const step =
  <Choice>(name: string, run: (choice: Choice, model: Model, real: Session) => Promise<void>) =>
  (choice: Choice): Step => ({
    check: () => true,
    run: async (model, real) => {
      tick(model, real)
      await run(choice, model, real)
    },
    toString: () => `${name} ${JSON.stringify(choice)}`,
  })

/** Owners act most, so that sessions get somewhere. */
export const who = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(3) })
/** Evenly drawn: each task as often as the others. */
export const pick = fc.noBias(fc.nat(999_999))

/** Who acts on which task; a version to expect, that many behind the present one, and whether the request has a key. */
export const choosing = {
  who,
  task: pick,
  behind: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 3 }) },
  ),
  keyed: fc.boolean(),
}
export interface Chosen {
  readonly who: number
  readonly task: number
  readonly behind: number | null
  readonly keyed: boolean
}

export const personAt = (model: Model, n: number): Person => model.people[n % model.people.length] as Person

/** One of the tasks of the session, whatever has become of it; now and then another workspace's. */
export const idAt = (model: Model, n: number): string => {
  const tasks = all(model)
  return n % 40 === 0 || tasks.length === 0
    ? model.foreignId
    : (tasks[Math.floor(n / 40) % tasks.length] as ModelTask).id
}

/** The same, but mostly one of those that something can be done about. */
export const aimed = <Choice extends { readonly task: number }>(
  model: Model,
  choice: Choice,
  isMeant: (task: ModelTask) => boolean,
): Choice => {
  const tasks = all(model)
  const meant = tasks.flatMap((task, n) => (!task.purged && isMeant(task) ? [n] : []))
  const nth = meant[choice.task % meant.length]
  return nth === undefined || choice.task % 4 === 0 ? choice : { ...choice, task: 40 * nth + 1 }
}

/** Whether something has changed what lies at a path since a version. */
export const isTouched = ({ happenings, cascades }: ModelTask, path: string, since: number): boolean =>
  cascades.some(({ version, paths }) => version > since && paths.includes(path)) ||
  happenings.some(
    ({ version, before, after }) =>
      version > since && before !== undefined && pathsBetween(before, after).includes(path),
  )

interface Attempt {
  readonly route: RouteDeclaration
  readonly right: Right
  readonly reach?: 'alive' | 'any'
  readonly params?: Record<string, string>
  readonly body?: unknown
  /** Where it writes, of a route that merges; others want the present version. */
  readonly paths?: readonly string[]
  readonly decide: (task: ModelTask) => Verdict
  /** The version that it takes back. */
  readonly undoes?: number
  /** Whether the answer tells of another task. */
  readonly isOfAnother?: boolean
  /** The state with what only the reply tells. */
  readonly told?: (state: State, reply: Reply) => State | Promise<State>
}

/** 412 unless the version is the present one, or nothing that the edit writes has changed since. */
const judgeVersion = (
  task: ModelTask,
  edited: State,
  expected: number,
  paths?: readonly string[],
): Verdict => {
  if (expected === task.version) return edited
  if (paths === undefined || expected > task.version) return refused(412)
  const isFought = (path: string) =>
    isTouched(task, path, expected) && !isDeepStrictEqual(valueIn(task.state, path), valueIn(edited, path))
  return paths.some(isFought) ? refused(412) : edited
}

const judge = (
  person: Person,
  task: ModelTask | undefined,
  expected: number | undefined,
  { right, reach, decide, paths }: Attempt,
): Verdict => {
  const status = barred(person, task, right, reach)
  if (status !== undefined || task === undefined) return refused(status ?? 404)
  const isStale = expected !== undefined && paths === undefined && expected !== task.version
  if (isStale) return refused(412)
  const verdict = decide(task)
  if (isRefused(verdict) || expected === undefined) return verdict
  return judgeVersion(task, verdict, expected, paths)
}

export const expectRefusal = (reply: Reply, verdict: Refusal): void => {
  expect([reply.status, reply.body?.errors?.[0]?.pointer], JSON.stringify(reply.body)).toEqual([
    verdict.refused,
    verdict.pointer,
  ])
}

export const tellSuccessor = (state: State, reply: Reply): State => {
  if (state.successorId !== unknownId) return state
  expect(reply.body.successorId).toMatch(/^tsk_/)
  return { ...state, successorId: reply.body.successorId }
}

/** Does something to one task, in the workspace and in its model, which says what must come of it. */
export const attempt = async (
  model: Model,
  real: Session,
  chosen: Chosen,
  asked: Attempt,
): Promise<Reply | undefined> => {
  const { route, params, body, told = tellSuccessor } = asked
  const person = personAt(model, chosen.who)
  const taskId = idAt(model, chosen.task)
  const task = model.tasks.get(taskId)
  // What stands below a task that recurs comes again with it, as the lists of subtasks have it.
  const repeats = task !== undefined && task.state.recurrence !== null && hasBelow(model, task)
  if (repeats) await drain(model, real)
  const expected = chosen.behind === null || !task ? undefined : Math.max(1, task.version - chosen.behind)
  const isKeyed = chosen.keyed && route.method === 'POST'
  const verdict = judge(person, task, expected, asked)
  const call = {
    who: person,
    route,
    params: { taskId, ...params },
    ...(body !== undefined && { body }),
    headers: {
      ...(expected !== undefined && { 'If-Match': `"${expected}"` }),
      ...(isKeyed && { 'Idempotency-Key': `step ${model.step}` }),
    },
  }
  const reply = await real.call(call)
  if (isRefused(verdict)) {
    expectRefusal(reply, verdict)
    return undefined
  }
  expect(reply.status, JSON.stringify(reply.body)).toBe(route.reply.status)
  if (task === undefined || asked.isOfAnother === true) return reply
  happen(model, task, await told(verdict, reply), person.id, asked.undoes)
  if (reply.headers.etag !== undefined) expect(reply.headers.etag).toBe(`"${task.version}"`)
  if (isKeyed) real.remembered.push({ call, reply, taskId, version: task.version })
  if (repeats && model.series.length > 0) await drain(model, real)
  return reply
}
