import type { CommentCreate } from '../../api/schemas/comments.ts'
import type { PreviewRequest } from '../../api/schemas/noticePreview.ts'
import type { TaskCreate, TaskPatch } from '../../api/schemas/task.ts'
import { requireRight } from '../access/requireRight.ts'
import { inProject, may } from '../access/target.ts'
import { commentOf, withReply } from '../comments/createComment.ts'
import { mentionedIn } from '../comments/mentions.ts'
import { noticesOfComment } from '../comments/notices.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import { within } from '../jobs/pointers.ts'
import { consequencesOf } from '../pipeline/consequences.ts'
import type { Comments, Stores } from '../ports.ts'
import { existing } from '../tasks/change.ts'
import { checkCustomFields, fieldsIn } from '../tasks/customFields.ts'
import { drafted, draftParts } from '../tasks/drafted.ts'
import { applyPatch } from '../tasks/edit.ts'
import { checkPeople, isAssigning, peopleIn } from '../tasks/people.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { editorOf } from '../tasks/taskCase.ts'
import type { Ask, Call } from '../useCase.ts'
import type { Expected } from './foresee.ts'
import { nobody, type Told } from './groupNotices.ts'

export interface PreviewedWorld {
  readonly tasks: Pick<Stores['tasks'], 'task'>
  readonly projects: Pick<Stores['projects'], 'project' | 'field'>
  readonly workspaces: Stores['workspaces']
  readonly comments: Pick<Comments, 'comment'>
}
export type PreviewAsk = Ask<{ readonly workspaceId: string }, unknown, PreviewRequest>

/** What a change that is not made would come to. */
export interface Previewed {
  /** As it would be. */
  readonly task: Task
  readonly told: Told
  /** As what whoever makes the change would be told of it, in the place of others: they are told nothing. */
  readonly ofActor: Expected['kind'] | undefined
  /** Whom the change shows to whoever makes it, beside those whom the task names. */
  readonly shows: readonly string[]
}

/** Refuses as the change itself would be refused. */
export type Preview = (call: Call<PreviewAsk>) => Previewed

/** The call as the route would get it that makes the change. */
const withBody = <Body>({ ask, member }: Call<PreviewAsk>, body: Body) => ({ ask: { ...ask, body }, member })

/** Reads what an edit depends on, in one turn. */
export const ofEdit = async (
  { params: { workspaceId } }: PreviewAsk,
  { taskId, patch }: { readonly taskId: string; readonly patch: TaskPatch },
  { tasks, workspaces, projects }: PreviewedWorld,
): Promise<Preview> => {
  const [task, workspace, members, declared] = await Promise.all([
    tasks.task(workspaceId, taskId),
    workspaces.workspace(workspaceId),
    peopleIn(patch, workspaceId, workspaces),
    fieldsIn([patch], workspaceId, { projects, workspaces }),
  ])
  return (call) => {
    const { ask, member } = call
    const before = existing(task)
    requireRight(member, 'task.edit', aboutTask(before))
    if (isAssigning(patch) && !may(member, 'task.assign', aboutTask(before))) throw new Failure('forbidden')
    const after = within('/patch', () => {
      checkPeople(patch, members, member, before)
      checkCustomFields(patch, declared, before)
      return applyPatch(before, patch, editorOf({ ask }, workspace?.zone))
    })
    const isAssigned = after.assigneeIds.includes(ask.userId) && !before.assigneeIds.includes(ask.userId)
    const told = consequencesOf(before, after) ?? nobody
    return { task: after, told, ofActor: isAssigned ? 'assigned' : undefined, shows: [] }
  }
}

/** The same of a comment. */
export const ofComment = async (
  { params: { workspaceId } }: PreviewAsk,
  { taskId, comment }: { readonly taskId: string; readonly comment: CommentCreate },
  { tasks, workspaces, comments }: PreviewedWorld,
): Promise<Preview> => {
  const { replyTo } = comment
  const [task, thread, named] = await Promise.all([
    tasks.task(workspaceId, taskId),
    replyTo === undefined ? undefined : comments.comment(workspaceId, taskId, replyTo),
    mentionedIn(comment.body, workspaceId, workspaces).catch((error: unknown) =>
      within('/comment', () => {
        throw error
      }),
    ),
  ])
  return (call) => {
    const about = existing(task)
    requireRight(call.member, 'comment.create', aboutTask(about))
    if (replyTo !== undefined) within('/comment', () => withReply(thread))
    const id = makeId('comment', Date.parse(call.ask.now), randomSeed())
    const written = commentOf(withBody(call, comment), { id, named }, about)
    const { userIds } = written.mentions
    return {
      task: about,
      told: noticesOfComment(undefined, written, about, thread),
      ofActor: userIds.includes(call.ask.userId) ? 'mentioned' : undefined,
      shows: [...userIds, ...(thread ? [thread.createdBy] : [])],
    }
  }
}

/** The same of a new task. */
export const ofCreation = async (
  { params: { workspaceId } }: PreviewAsk,
  { projectId, newTask }: { readonly projectId: string; readonly newTask: TaskCreate },
  world: PreviewedWorld,
): Promise<Preview> => {
  const parts = await draftParts(newTask, { workspaceId, projectId }, world)
  return (call) => {
    requireRight(call.member, 'task.create', inProject(projectId))
    if (parts.project === undefined) throw notFound()
    const id = makeId('task', Date.parse(call.ask.now), randomSeed())
    // Which number it would get tells nobody anything.
    const task = within('/newTask', () => drafted(withBody(call, newTask), parts, { id, number: 1 }))
    const isAssigned = task.assigneeIds.includes(call.ask.userId)
    const told = consequencesOf(undefined, task) ?? nobody
    return { task, told, ofActor: isAssigned ? 'assigned' : undefined, shows: [] }
  }
}
