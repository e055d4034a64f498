import type { Foreseen, PreviewReply, PreviewRequest } from '../../api/schemas/noticePreview.ts'
import { mayDo } from '../access/permissions.ts'
import { may } from '../access/target.ts'
import { Failure } from '../failure.ts'
import type { Groups } from '../groups/ports.ts'
import { consequencesOf } from '../pipeline/consequences.ts'
import type { Stores } from '../ports.ts'
import { existing } from '../tasks/change.ts'
import { applyPatch } from '../tasks/edit.ts'
import { checkPeople, type Everybody, isAssigning, peopleIn } from '../tasks/people.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { editorOf } from '../tasks/taskCase.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { type Expected, type ForeseeWorld, foresee } from './foresee.ts'
import { toPeople } from './groupNotices.ts'

interface PreviewWorld extends ForeseeWorld {
  readonly tasks: Pick<Stores['tasks'], 'task'>
  readonly workspaces: Stores['workspaces']
  readonly groups: Pick<Groups, 'places'>
}
type PreviewAsk = Ask<{ readonly workspaceId: string }, unknown, PreviewRequest>
interface Loaded {
  readonly task: Task | undefined
  readonly zone: string
  readonly members: Everybody
}

/** People whose notices are foreseen at once. */
const mostPeople = 100

const isOfTask = (message: { readonly kind: string }): message is Expected => 'taskId' in message

/** The task as the edit would leave it; refused as the edit would be. */
const edited = ({ ask, member }: Call<PreviewAsk>, { task, zone, members }: Loaded): [Task, Task] => {
  const { patch } = ask.body
  const before = existing(task)
  if (isAssigning(patch) && !may(member, 'task.assign', aboutTask(before))) throw new Failure('forbidden')
  checkPeople(patch, members, member, before)
  return [before, applyPatch(before, patch, editorOf({ ask }, zone))]
}

/** Whoever makes the edit is told nothing, which is worth a line where others in their place would be told. */
const ofActor = ([before, after]: [Task, Task], actor: string): Pick<Expected, 'kind' | 'userId'>[] =>
  after.assigneeIds.includes(actor) && !before.assigneeIds.includes(actor)
    ? [{ kind: 'assigned', userId: actor }]
    : []

/** Whom the caller sees: everybody, or those whom the task names anyway, and then by their ids. */
const shown = (
  all: readonly Foreseen[],
  { ask, member }: Call<PreviewAsk>,
  { assigneeIds, watcherIds, createdBy }: Task,
): Foreseen[] => {
  if (mayDo(member.role, 'member.read', false)) return [...all]
  const named = new Set([...assigneeIds, ...watcherIds, createdBy, ask.userId])
  return all.flatMap((one) => (named.has(one.user.id) ? { ...one, user: { id: one.user.id } } : []))
}

/** Says who would be told of an edit, how and when, and who not and why. Writes nothing. */
export const previewNotifications: UseCase<PreviewAsk, PreviewWorld, Loaded, PreviewReply> = {
  load: async ({ params: { workspaceId }, body }, { tasks, workspaces }) => {
    const [task, workspace, members] = await Promise.all([
      tasks.task(workspaceId, body.taskId),
      workspaces.workspace(workspaceId),
      peopleIn(body.patch, workspaceId, workspaces),
    ])
    return { task, zone: workspace?.zone ?? 'UTC', members }
  },
  about: ({ task }) => aboutTask(existing(task)),
  run: async (call, loaded, world) => {
    const { ask } = call
    const states = edited(call, loaded)
    const [, task] = states
    const { notices = [], groupNotices = [] } = consequencesOf(...states) ?? {}
    const expected = [...notices, ...(await toPeople(groupNotices, world.groups))].filter(isOfTask)
    const told = [...expected, ...ofActor(states, ask.userId)].map((one) => ({
      ...{ kind: one.kind, userId: one.userId, workspaceId: ask.params.workspaceId },
    }))
    const state = { task, actor: ask.userId, now: ask.now }
    const foreseen = await Promise.all(told.slice(0, mostPeople).map((one) => foresee(one, state, world)))
    const people = shown(foreseen, call, task)
    return { body: { people, others: told.length - people.length } }
  },
}
