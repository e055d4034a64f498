import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { type App, type Request, startApp } from '../app.ts'
import { furnished, type IdsOf } from '../hostile/otherIds.ts'
import { smallTeam } from '../hostile/smallTeam.ts'
import { succeed, type Team, taskBody } from '../ordinary/team.ts'
import { effectsOn } from './effects.ts'
import type { About, Relation } from './expectations.ts'
import { requests } from './light.ts'
import { handTo, makeOwn, runTimers, share } from './own.ts'
import { type Cast, castOf, type Persona, setRoles } from './personas.ts'

export type Place = Relation | 'away'

export interface Stage {
  readonly app: App
  readonly cast: Cast
  readonly teams: Readonly<Record<Place, Team>>
  /** One of everything: of the other workspace; of the own one, below something else. */
  readonly foreign: IdsOf
  readonly sibling: IdsOf
  readonly effects: () => readonly number[]
}

/** A task that has been edited once, for the calls that read it. */
const longLivedIn = async (team: Team): Promise<Team> => {
  const { app, owner, workspaceId, projectId } = team
  const { body } = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody([]),
  })
  await succeed(app, owner, editTask, { params: { workspaceId, taskId: body.id }, body: { priority: 'low' } })
  return { ...team, longLived: body }
}

const furtherProject = async (team: Team, name: string): Promise<Team> => {
  const { app, owner, workspaceId } = team
  const made = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name, key: name.toUpperCase() },
  })
  return longLivedIn({ ...team, projectId: String(made.body.id) })
}

/** A workspace with two projects and everybody of the matrix, and another workspace beside it. */
export const setStage = async (): Promise<Stage> => {
  const app = await startApp()
  const home = await smallTeam(app, 'Home')
  const away = await smallTeam(app, 'Away')
  const other = await furtherProject(home, 'Sales')
  // Whatever the matrix makes goes elsewhere.
  const quiet = await furtherProject(home, 'Quiet')
  const cast = await castOf(home, away.owner)
  const stage = {
    app,
    cast,
    teams: { home, away, other, mine: await longLivedIn(home) },
    foreign: await furnished(away),
    sibling: await furnished(quiet),
    effects: effectsOn(app),
  }
  await app.drain()
  return stage
}

/** The project of a call that is neither of the two stands for the one at hand. */
const knowProject = async ({ teams, cast }: Stage, place: Place, { params = {} }: Request): Promise<void> => {
  const { projectId, taskId } = params
  if (projectId === undefined || taskId !== undefined || place === 'other' || place === 'away') return
  if (projectId !== teams.home.projectId) await setRoles(teams.home, projectId, cast)
}

/** Goes past what the stream holds: of what follows from all these changes nothing matters here. */
const forget = async ({ stream }: App): Promise<void> => {
  while ((await stream.page()).length > 0);
}

/**
 * An ordinary request of a route, about what stands in such a relation to everybody; to one alone where only one can
 * be its maker.
 */
export const prepare = async (
  stage: Stage,
  name: string,
  about: About,
  place: Place,
  persona: Persona,
): Promise<Request> => {
  const { app, cast, teams } = stage
  const team = teams[place]
  const call = await requests[name]?.(team)
  if (call === undefined) throw new Error(`no ordinary call of ${name}`)
  const { request } = call
  if (about === 'project') await knowProject(stage, place, request)
  if (name === 'stopTimer' && (place === 'mine' || place === 'away')) await runTimers(team, request, cast)
  if (place === 'mine') await makeOwn(team, request, cast)
  if (place === 'mine' && (makers.includes(about) || request.params?.commentId !== undefined)) {
    const who = cast.caller(persona, undefined)
    if (who !== undefined) await handTo(team, request, who.userId)
  }
  if (place === 'home') await share(team, request, cast)
  await forget(app)
  return request
}

/** What only its maker calls their own. */
export const makers: readonly About[] = ['template', 'job', 'notification']

/** An upload is completed by whoever was offered it. */
export const asOf = ({ app }: Stage, name: string, request: Request, userId: string | undefined): Request => {
  if (name !== 'completeAttachment' || userId === undefined) return request
  const { tickets } = app.files
  const ticket = tickets.read((request.body as { ticket: string }).ticket)
  if (ticket === undefined) throw new Error('the ordinary call has no good ticket')
  return { ...request, body: { ticket: tickets.write({ ...ticket, userId }) } }
}
