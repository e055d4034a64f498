import { isDeepStrictEqual } from 'node:util'
import type {
  CustomField,
  CustomFieldCreate,
  CustomFieldPatch,
  ProjectReply,
} from '../../api/schemas/project.ts'
import { ofProject } from '../access/target.ts'
import { edit, made } from '../edited.ts'
import { existing, Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type CustomFields, fieldOf, withEdited, withField } from './customFields.ts'
import type { Project } from './project.ts'
import { answer, load } from './useProject.ts'

interface ProjectParams {
  readonly workspaceId: string
  readonly projectId: string
}
type World = Stores & { readonly customFields: CustomFields }

const attempts = 20

/** The next version of a project; the very same object when its fields stay what they are. */
const revised = (
  project: Project,
  customFields: readonly CustomField[],
  { now, userId }: Pick<Ask, 'now' | 'userId'>,
): Project =>
  isDeepStrictEqual(customFields, project.customFields)
    ? project
    : { ...project, customFields, updatedAt: now, updatedBy: userId, version: project.version + 1 }

type CreateAsk = Ask<ProjectParams, unknown, CustomFieldCreate>

interface CreateLoaded {
  readonly project: Project | undefined
  readonly ran: Awaited<ReturnType<CustomFields['ran']>>
}

const busy = () => new Failure('unavailable', 'Too many others are changing this project at the same time.')

type Ran = CreateLoaded['ran']

const ranBefore = async ({ mark, userId }: CreateAsk, { customFields }: World): Promise<Ran> =>
  mark === null ? undefined : customFields.ran(userId, mark.key)

/** The project with the new field, and what an earlier run of the request made of it where there was one. */
const added = async (ask: CreateAsk, seen: Project, world: World): Promise<Project> => {
  const id = makeId('customField', Date.parse(ask.now), randomSeed())
  let present = seen
  for (let attempt = 0; attempt < attempts; attempt++) {
    const next = revised(present, withField(present.customFields, id, ask.body), ask)
    const result = await world.customFields.add(next, fieldOf(next.customFields, id), ask.mark)
    if (result.won || result.ran !== undefined) return made(result, next, ask.mark, busy)
    present = existing(await load(ask, world))
  }
  throw busy()
}

/** New fields stand last. */
const answerNew = (project: Project, member: Member): Outcome<ProjectReply> => {
  const path = `/v1/workspaces/${project.workspaceId}/projects/${project.id}/custom-fields`
  return { ...answer(project, member), location: `${path}/${project.customFields.at(-1)?.id}` }
}

export const createCustomField: UseCase<CreateAsk, World, CreateLoaded, ProjectReply> = {
  load: async (ask, world) => {
    const [project, ran] = await Promise.all([load(ask, world), ranBefore(ask, world)])
    return { project, ran }
  },
  about: ofProject,
  run: async ({ ask, member }, loaded, world) => {
    const project = existing(loaded.project)
    const replayed = (ran: Ran) => answerNew(made({ won: false, ran }, project, ask.mark, busy), member)
    if (loaded.ran !== undefined) return replayed(loaded.ran)
    try {
      return answerNew(await added(ask, project, world), member)
    } catch (refusal) {
      // What stands in the way may be the very field that a run at the same time has made.
      const ran = await ranBefore(ask, world)
      if (ran === undefined) throw refusal
      return replayed(ran)
    }
  },
}

type FieldAsk<Body = unknown> = Ask<ProjectParams & { readonly fieldId: string }, unknown, Body>

export const editCustomField: UseCase<
  FieldAsk<CustomFieldPatch>,
  World,
  Project | undefined,
  ProjectReply
> = {
  load,
  about: ofProject,
  run: async ({ ask, member }, project, { customFields }) => {
    const { fieldId } = ask.params
    const decide = (now: Project) => revised(now, withEdited(now.customFields, fieldId, ask.body), ask)
    const write = (next: Project) => customFields.replace(next, fieldOf(next.customFields, fieldId))
    return answer(await edit(existing(project), ask.expected, decide, write), member)
  },
}

/** Takes the declaration away. Tasks keep their values of it, and may clear them. */
export const deleteCustomField: UseCase<FieldAsk, World, Project | undefined, undefined> = {
  load,
  about: ofProject,
  run: async ({ ask }, project, { customFields }) => {
    const { fieldId } = ask.params
    const decide = (now: Project) => {
      const gone = fieldOf(now.customFields, fieldId)
      const left = now.customFields.filter((field) => field !== gone)
      return revised(now, left, ask)
    }
    const write = (next: Project) => customFields.remove(next, fieldId)
    await edit(existing(project), ask.expected, decide, write)
    return { body: undefined }
  },
}
