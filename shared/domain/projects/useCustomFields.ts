import { isDeepStrictEqual } from 'node:util'
import type {
  CustomField,
  CustomFieldCreate,
  CustomFieldPatch,
  ProjectReply,
} from '../../api/schemas/project.ts'
import { edit, made } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { type CustomFields, fieldOf, withEdited, withField } from './customFields.ts'
import type { Project } from './project.ts'
import { answer, load } from './useProject.ts'

interface ProjectParams {
  readonly workspaceId: string
  readonly projectId: string
}
type World = Stores & { readonly customFields: CustomFields }

const attempts = 20

const existing = (project: Project | undefined): Project => {
  if (project === undefined) throw notFound()
  return project
}

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

const taken = () => new Failure('unavailable', 'Too many others are changing this project at the same time.')

export const createCustomField: UseCase<CreateAsk, World, CreateLoaded, ProjectReply> = {
  load: async (ask, world) => {
    const [project, ran] = await Promise.all([
      load(ask, world),
      ask.mark === null ? undefined : world.customFields.ran(ask.userId, ask.mark.key),
    ])
    return { project, ran }
  },
  run: async ({ ask, member }, { project, ran }, world) => {
    let present = existing(project)
    if (ran !== undefined) return answer(made({ won: false, ran }, present, ask.mark, taken), member)
    const id = makeId('customField', Date.parse(ask.now), randomSeed())
    for (let attempt = 0; attempt < attempts; attempt++) {
      const next = revised(present, withField(present.customFields, id, ask.body), ask)
      const added = await world.customFields.add(next, fieldOf(next.customFields, id), ask.mark)
      if (added.won || added.ran !== undefined) return answer(made(added, next, ask.mark, taken), member)
      present = existing(await load(ask, world))
    }
    throw taken()
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
