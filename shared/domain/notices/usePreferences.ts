import { isDeepStrictEqual } from 'node:util'
import type { OwnPreferences, PreferencesPatch, PreferencesReply } from '../../api/schemas/preferences.ts'
import { projectFor } from '../access/named.ts'
import { edit } from '../edited.ts'
import { invalidField } from '../failure.ts'
import type { Projects } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { mergePatch } from '../tasks/mergePatch.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { effectiveOf, noChoices, type Preferences, type PreferencesStore } from './preferences.ts'

interface PreferencesWorld {
  readonly preferences: PreferencesStore
  readonly projects: Pick<Projects, 'project'>
}
type OwnAsk<Body = unknown> = Ask<{ readonly workspaceId: string }, unknown, Body>

/** As many projects as one person may have chosen something for. */
const mostProjects = 200

const answer = ({ own, version }: Preferences) => ({
  body: { own, effective: effectiveOf(own), version },
  version,
})

const none = ({ params, userId, now }: OwnAsk): Preferences =>
  noChoices({ workspaceId: params.workspaceId, userId }, now)

export const getNotificationPreferences: UseCase<
  OwnAsk,
  PreferencesWorld,
  Preferences | undefined,
  PreferencesReply
> = {
  load: ({ params, userId }, { preferences }) => preferences.preferences(params.workspaceId, userId),
  run: async ({ ask }, present) => answer(present ?? none(ask)),
}

/** Projects for which something is chosen, rather than dropped. */
const namedIn = ({ projects }: PreferencesPatch): string[] =>
  Object.entries(projects ?? {}).flatMap(([id, chosen]) => (chosen === null ? [] : id))

interface EditLoaded {
  readonly present: Preferences | undefined
  readonly projects: readonly (Project | undefined)[]
}
type EditAsk = OwnAsk<PreferencesPatch>

const checkProjects = ({ ask, member }: Call<EditAsk>, { projects }: EditLoaded): void => {
  for (const [index, id] of namedIn(ask.body).entries()) {
    const absent = () => invalidField(`/projects/${id}`, 'must be a project of this workspace')
    projectFor(projects[index], member, 'project.read', absent)
  }
}

const patched = (own: OwnPreferences, patch: PreferencesPatch): OwnPreferences => {
  const next: OwnPreferences = mergePatch(own, patch)
  if (Object.keys(next.projects ?? {}).length > mostProjects)
    throw invalidField('/projects', `must leave at most ${mostProjects} projects with choices of their own`)
  return next
}

export const editNotificationPreferences: UseCase<EditAsk, PreferencesWorld, EditLoaded, PreferencesReply> = {
  load: async ({ params: { workspaceId }, userId, body }, world) => {
    const [present, ...projects] = await Promise.all([
      world.preferences.preferences(workspaceId, userId),
      ...namedIn(body).map((id) => world.projects.project(workspaceId, id)),
    ])
    return { present, projects }
  },
  run: async (call, loaded, { preferences }) => {
    const { ask } = call
    checkProjects(call, loaded)
    const decide = (now: Preferences): Preferences => {
      const own = patched(now.own, ask.body)
      if (isDeepStrictEqual(own, now.own)) return now
      return { ...now, own, updatedAt: ask.now, version: now.version + 1 }
    }
    return answer(await edit(loaded.present ?? none(ask), ask.expected, decide, preferences.write))
  },
}
