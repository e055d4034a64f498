import type * as z from 'zod/mini'
import type { Explanation, explainQuery } from '../../api/schemas/access.ts'
import { Failure, invalidField, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { mayDo } from './permissions.ts'
import { explain, inProject, may, type Target } from './target.ts'

type ExplainAsk = Ask<{ workspaceId: string }, z.infer<typeof explainQuery>>
interface Loaded {
  readonly subject: Member | undefined
  readonly task: Task | undefined
  readonly project: Project | undefined
}

type Facts = Omit<Explanation, 'text' | 'userId' | 'action'>

const textOf = ({ allowed, role, from, rule, isOwn }: Facts, group: string | undefined): string => {
  if (from === 'share') return 'The task is shared with this person, which allows it.'
  const who = `The role ${role} in the ${from}`
  if (rule === 'all') return `${who} allows it.`
  if (rule === 'none') return `${who} does not allow it.`
  const own = isOwn ? 'this is' : 'this is not'
  const through = group === undefined ? '' : `, through the group ${group}`
  return `${who} allows it on what one has created or is assigned to, and ${own} such a thing${through}: ${allowed ? 'allowed' : 'not allowed'}.`
}

/** What it would be done to, as far as the caller may see it. */
const targetOf = ({ ask, member }: Call<ExplainAsk>, { task, project }: Loaded): Target => {
  const { taskId, projectId } = ask.query
  if (taskId !== undefined && projectId !== undefined)
    throw invalidField('?projectId', 'must be left out beside a task, which has its own')
  const isSeen = (target: Target, action: 'task.read' | 'project.read') => may(member, action, target)
  if (taskId !== undefined) {
    if (task === undefined || task.purge !== null || !isSeen(aboutTask(task), 'task.read')) throw notFound()
    return aboutTask(task)
  }
  if (projectId === undefined) return {}
  if (project === undefined || !isSeen(inProject(projectId), 'project.read')) throw notFound()
  return inProject(projectId)
}

/** Says which rule lets or stops somebody: by the very rules that decide every request. */
export const explainPermissions: UseCase<ExplainAsk, Stores, Loaded, Explanation> = {
  load: async ({ params: { workspaceId }, query, userId }, { workspaces, tasks, projects }) => {
    const { taskId, projectId } = query
    const [subject, task, project] = await Promise.all([
      workspaces.member(workspaceId, query.userId ?? userId),
      taskId === undefined ? undefined : tasks.task(workspaceId, taskId),
      projectId === undefined ? undefined : projects.project(workspaceId, projectId),
    ])
    return { subject, task, project }
  },
  run: async (call, loaded, { workspaces }) => {
    const { ask, member } = call
    const { action, userId = ask.userId } = ask.query
    if (userId !== ask.userId && !mayDo(member.role, 'member.edit', false)) throw new Failure('forbidden')
    if (loaded.subject === undefined) throw notFound()
    const facts = explain(loaded.subject, action, targetOf(call, loaded))
    const group = facts.groupId && (await workspaces.group(ask.params.workspaceId, facts.groupId))
    return { body: { userId, action, ...facts, text: textOf(facts, group ? group.name : facts.groupId) } }
  },
}
