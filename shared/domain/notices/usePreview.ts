import type { Foreseen, PreviewReply } from '../../api/schemas/noticePreview.ts'
import { mayDo } from '../access/permissions.ts'
import { invalidField } from '../failure.ts'
import type { Groups } from '../groups/ports.ts'
import type { Call, UseCase } from '../useCase.ts'
import { type Expected, type ForeseeWorld, foresee } from './foresee.ts'
import { toPeople } from './groupNotices.ts'
import {
  ofComment,
  ofCreation,
  ofEdit,
  type Preview,
  type PreviewAsk,
  type Previewed,
  type PreviewedWorld,
} from './previewed.ts'
import { strongest } from './strongest.ts'

type PreviewWorld = ForeseeWorld & PreviewedWorld & { readonly groups: Pick<Groups, 'places'> }

/** People whose notices are foreseen at once. */
const mostPeople = 100

const isOfTask = (message: { readonly kind: string }): message is Expected => 'taskId' in message

/** One notice for each person, and one for whoever makes the change, which says that they are told nothing. */
const expectedOf = async ({ told, ofActor }: Previewed, ask: PreviewAsk, { groups }: PreviewWorld) => {
  const all = strongest([...told.notices, ...(await toPeople(told.groupNotices, groups))]).filter(isOfTask)
  const others = all.map(({ kind, userId }) => ({ kind, userId }))
  const actor = ofActor === undefined ? [] : [{ kind: ofActor, userId: ask.userId }]
  return [...others, ...actor].map((one) => ({ ...one, workspaceId: ask.params.workspaceId }))
}

/** Whom the caller sees: everybody, or those whom the change names anyway, and then by their ids. */
const shown = (
  all: readonly Foreseen[],
  { ask, member }: Call<PreviewAsk>,
  { task: { assigneeIds, watcherIds, createdBy }, shows }: Previewed,
): Foreseen[] => {
  if (mayDo(member.role, 'member.read', false)) return [...all]
  const named = new Set([...assigneeIds, ...watcherIds, createdBy, ...shows, ask.userId])
  return all.flatMap((one) => (named.has(one.user.id) ? { ...one, user: { id: one.user.id } } : []))
}

const previewOf = async (ask: PreviewAsk, world: PreviewedWorld): Promise<Preview> => {
  const { taskId, patch, comment, projectId, newTask } = ask.body
  if (taskId !== undefined && patch !== undefined) return ofEdit(ask, { taskId, patch }, world)
  if (taskId !== undefined && comment !== undefined) return ofComment(ask, { taskId, comment }, world)
  if (projectId !== undefined && newTask !== undefined) return ofCreation(ask, { projectId, newTask }, world)
  throw invalidField('', 'must say what is to be done')
}

/**
 * Says who would be told of an edit, a comment or a new task, how and when, and who not and why. Writes nothing. Who may
 * ask depends on what is to be done: the preview itself looks.
 */
export const previewNotifications: UseCase<PreviewAsk, PreviewWorld, Preview, PreviewReply> = {
  load: previewOf,
  run: async (call, preview, world) => {
    const { ask } = call
    const previewed = preview(call)
    const expected = await expectedOf(previewed, ask, world)
    const state = { task: previewed.task, actor: ask.userId, now: ask.now }
    const foreseen = await Promise.all(expected.slice(0, mostPeople).map((one) => foresee(one, state, world)))
    const people = shown(foreseen, call, previewed)
    return { body: { people, others: expected.length - people.length } }
  },
}
