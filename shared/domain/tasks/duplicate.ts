import type { TaskReply } from '../../api/schemas/task.ts'
import { projectFor, readable } from '../access/named.ts'
import { inProject, may } from '../access/target.ts'
import { Failure, invalidField } from '../failure.ts'
import { derivedSeed } from '../ids.ts'
import { firstRank } from '../order/rank.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { pathUnder } from '../structure/hierarchy.ts'
import type { UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { existing } from './change.ts'
import { addTogether, idsFor, withOwnNumber } from './createMany.ts'
import { newTask } from './draft.ts'
import { asOf } from './idempotency.ts'
import { subtreeOf } from './subtree.ts'
import { ownFields } from './successor.ts'
import { isClosed, type Task } from './task.ts'
import { about, answer, type TaskAsk } from './taskCase.ts'

interface Duplicate {
  readonly projectId?: string | undefined
  readonly title?: string | undefined
  readonly subtasks: boolean
}
type DuplicateAsk = TaskAsk<Duplicate>
interface Loaded {
  readonly task: Task | undefined
  readonly project: Project | undefined
  /** The copy that an earlier run of the request made. */
  readonly made: Task | undefined
}

const keyOf = ({ key }: Task): string => key.slice(0, key.lastIndexOf('-'))

/** What a copy has of its original: neither its time, files and links nor the reminders of other people. */
const contentOf = (task: Task, userId: string, isAtHome: boolean) => ({
  ...ownFields(task),
  status: isClosed(task.status) ? ('open' as const) : task.status,
  reminders: task.reminders.filter((reminder) => reminder.userId === null || reminder.userId === userId),
  customFields: isAtHome ? task.customFields : {},
  checklist: task.checklist,
})

interface Copying {
  readonly ask: DuplicateAsk
  readonly project: Pick<Project, 'id' | 'key'>
  /** The last number of that project. */
  readonly lastNumber: number
  /** What the task itself stands below, if the caller may see that: another one gets no part by them. */
  readonly parent: Task | undefined
}

/** Copies of a task and of those below it, in the same order; each stands below the copy of what it stood below. */
const copies = (
  originals: readonly Task[],
  { ask, project, lastNumber, parent }: Copying,
): readonly Task[] => {
  const { userId, now, mark, body, through } = ask
  const ids = idsFor(originals.length, ask)
  const made = new Map<string, Task>()
  for (const [index, original] of originals.entries()) {
    const isAtHome = original.projectId === project.id
    const above = made.get(original.parentId ?? '')
    const birth = {
      id: ids[index] as string,
      workspaceId: original.workspaceId,
      project,
      number: lastNumber + 1 + index,
      nth: index,
      userId,
      now,
      origin: mark,
      through,
      cause: { kind: 'duplicate', taskId: original.id } as const,
    }
    const ownPlace =
      isAtHome && parent !== undefined
        ? { parentId: original.parentId, ancestorIds: original.ancestorIds }
        : { parentId: null, ancestorIds: [] }
    const place = above ? { parentId: above.id, ancestorIds: pathUnder(above) } : ownPlace
    const content = contentOf(original, userId, isAtHome)
    const ranks = { [project.id]: firstRank(Date.parse(now) + index, derivedSeed(birth.id)) }
    const title = index === 0 ? (body.title ?? content.title) : content.title
    made.set(original.id, newTask(birth, { ...content, ...place, ranks, title }))
  }
  return [...made.values()]
}

/** The project of its own: whoever knows the task from a further one may not put tasks there. */
const home = (original: Task, member: Member): Copying['project'] => {
  if (!may(member, 'task.create', inProject(original.projectId))) throw new Failure('forbidden')
  return { id: original.projectId, key: keyOf(original) }
}

/** Makes a copy of a task, with all below it if that is asked for: all of them or none. */
export const duplicateTask: UseCase<DuplicateAsk, Stores, Loaded, TaskReply> = {
  load: async (ask, { tasks, projects }) => {
    const { workspaceId, taskId } = ask.params
    const { projectId } = ask.body
    const [id = ''] = idsFor(1, ask)
    const [task, project, made] = await Promise.all([
      tasks.task(workspaceId, taskId),
      projectId === undefined ? undefined : projects.project(workspaceId, projectId),
      ask.mark === null ? undefined : tasks.madeAs(workspaceId, id),
    ])
    return { task, project, made }
  },
  about: ({ task }) => about(task),
  run: async ({ ask, member }, { task, project, made }, { tasks, records }) => {
    const original = existing(task)
    const reply = async (copy: Task) => ({
      ...answer(await asOf(copy, 1, records), member),
      location: `/v1/workspaces/${copy.workspaceId}/tasks/${copy.id}`,
    })
    if (made !== undefined) {
      if (made.origin?.payload !== ask.mark?.payload) throw new Failure('idempotency-mismatch')
      return reply(await withOwnNumber(made, tasks))
    }
    const absent = () => invalidField('/projectId', 'must be a project of this workspace')
    const into =
      ask.body.projectId === undefined
        ? home(original, member)
        : projectFor(project, member, 'task.create', absent)
    const { workspaceId, parentId } = original
    const [originals, lastNumber, parent] = await Promise.all([
      ask.body.subtasks ? subtreeOf(original, member, tasks) : [original],
      tasks.lastNumber(workspaceId, into.id),
      parentId === null ? undefined : tasks.task(workspaceId, parentId),
    ])
    const all = copies(originals, { ask, project: into, lastNumber, parent: readable(parent, member) })
    const [copy] = await addTogether(all, tasks)
    return reply(copy as Task)
  },
}
