import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type * as z from 'zod/mini'
import type { RouteDeclaration } from '../api/declaration.ts'
import { limitsOf } from '../api/throttles.ts'
import type { Person } from '../domain/account/person.ts'
import type { PeopleByKey, WorkspacesByKey } from '../domain/ports.ts'
import type { Tokens } from '../domain/tokens/token.ts'
import type { Ask, Call, UseCase } from '../domain/useCase.ts'
import type { Member } from '../domain/workspaces/workspace.ts'
import { parse } from './ask.ts'
import { authorise, identify } from './authorise.ts'
import { forgetRefused } from './forgetCookie.ts'
import { answerProblems, logRequest, standardHeaders } from './middleware.ts'
import { reply } from './reply.ts'
import type { HttpSettings } from './settings.ts'

/** Every world has what identifies a caller. */
export interface BaseWorld {
  readonly settings: HttpSettings
  readonly people: PeopleByKey
  readonly workspaces: WorkspacesByKey
  readonly tokens: Tokens
}

type Infer<Shape> = Shape extends z.ZodMiniType ? z.infer<Shape> : undefined
/** The request of a route, as its schemas type it. */
export type AskOf<Route extends RouteDeclaration> = Ask<
  Infer<Route['params']>,
  Infer<Route['query']>,
  Infer<Route['body']>
>

/**
 * The Lambda handler of a route: request → authenticate → parse → read, caller and target together →
 * authorise → count the attempt where the route has limits → use case → reply. Failures become problem documents, surprises without
 * detail. Throws for a route that declares limits where nothing counts.
 */
export const serve = <Route extends RouteDeclaration, World extends BaseWorld, Loaded>(
  route: Route,
  useCase: UseCase<AskOf<Route>, World, Loaded, Infer<Route['reply']['schema']>>,
  world: World,
) => {
  const limits = limitsOf(route)
  const { counting } = world.settings
  if (limits && !counting) throw new Error(`${route.name} declares limits, and nothing here counts`)
  const answer = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const parsed = await parse(route, event, world.settings)
    const ask = parsed.ask as AskOf<Route>
    // Both start in this turn, so that their keys travel in one request to the table.
    const [caller, target] = await Promise.allSettled([
      identify(route.access, ask, world),
      useCase.load?.(ask, world) ?? Promise.resolve(undefined as Loaded),
    ])
    if (caller.status === 'rejected') throw caller.reason
    const loaded = (): Loaded => {
      if (target.status === 'rejected') throw target.reason
      return target.value
    }
    authorise(route.access, caller.value, ask, () => useCase.about?.(loaded(), ask) ?? {})
    // Behind `authorise` the caller is known wherever the declaration asks for one.
    const { person, member } = caller.value as { person: Person; member: Member }
    const call: Call<AskOf<Route>> = { ask, person, member }
    const run = () => useCase.run(call, loaded(), world)
    const outcome = await (limits && counting ? counting.attempt(limits, { event, ask, person, run }) : run())
    return reply(route, event, parsed, outcome, world.settings)
  }

  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(logRequest(route, world.settings))
    .use(standardHeaders(world.settings))
    .use(forgetRefused(route, world.settings))
    .use(answerProblems(world.settings))
    .handler(answer)
}
