import type { QuickAddBody, QuickAddLine, QuickAddReply } from '../../api/schemas/quickAdd.ts'
import type { TaskCreate } from '../../api/schemas/task.ts'
import { inProject, may, ofProject } from '../access/target.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import { pathUnder } from '../structure/hierarchy.ts'
import { addTogether, idsFor } from '../tasks/createMany.ts'
import { fieldsOf, newTask } from '../tasks/draft.ts'
import type { Task } from '../tasks/task.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { isActive, type Member } from '../workspaces/workspace.ts'
import { withoutUnknown } from './assemble.ts'
import { memberNamed, type Named, projectNamed, reasonIn } from './names.ts'
import { hereAt, parseQuickAdd } from './parse.ts'
import { requireUnderstood } from './refuse.ts'

type QuickAddAsk = Ask<{ workspaceId: string; projectId: string }, unknown, QuickAddBody>

/** As many people and projects as are looked through for a name; DynamoDB reads them in one page. */
const mostNames = 1_000

interface Loaded {
  readonly project: Project | undefined
  readonly lastNumber: number
  readonly members: readonly Member[]
  readonly projects: readonly Project[]
  /** The first task that an earlier run of the request made. */
  readonly made: Task | undefined
}

/** Whether a text can name people or projects at all. */
const namesIn = (text: string, sign: '@' | '+'): boolean => text.includes(sign)

const idIn = (resolved: { readonly id: string } | { readonly reason: string }): string => {
  if ('reason' in resolved) throw new Error('names are looked up before tasks are made')
  return resolved.id
}

/** The line as the body of a creation. */
const bodyOf = (line: QuickAddLine, named: Named): TaskCreate => ({
  title: line.title,
  description: line.description ?? '',
  status: 'open',
  priority: line.priority ?? 'none',
  due: line.due ?? null,
  start: null,
  estimateMinutes: line.estimateMinutes ?? null,
  assigneeIds: [...new Set(line.assignees.map((name) => idIn(memberNamed(name, named))))],
  assigneeGroupIds: [],
  watcherIds: [],
  tags: line.tags,
  reminders: line.reminders,
  parentId: null,
  recurrence: line.recurrence
    ? { ...line.recurrence, catchUp: 'skip', monthEnd: 'clamp', exclude: [] }
    : null,
  metadata: {},
  customFields: {},
})

/** A subtask stands where the line above it does, unless it names a project of its own. */
const projectOf = (line: QuickAddLine, home: Project, above: Project | undefined, named: Named): Project => {
  if (line.project === undefined) return above ?? home
  const id = idIn(projectNamed(line.project, named))
  return named.projects.find((project) => project.id === id) as Project
}

interface Making {
  readonly ask: QuickAddAsk
  readonly home: Project
  readonly named: Named
  readonly zone: string
  readonly lastNumbers: ReadonlyMap<string, number>
}

const tasksOf = (lines: readonly QuickAddLine[], places: readonly Project[], making: Making): Task[] => {
  const { ask, named, zone, lastNumbers } = making
  const { userId, now, through, mark: origin } = ask
  const ids = idsFor(lines.length, ask)
  const given = new Map(lastNumbers)
  const made: Task[] = []
  for (const [nth, line] of lines.entries()) {
    const project = places[nth] as Project
    const number = (given.get(project.id) ?? 0) + 1
    given.set(project.id, number)
    const above = line.parent === null ? undefined : made[line.parent]
    const place = above ? { parentId: above.id, ancestorIds: pathUnder(above) } : {}
    const birth = {
      id: ids[nth] as string,
      workspaceId: project.workspaceId,
      project,
      number,
      nth,
      userId,
      now,
      origin,
      through,
    }
    made.push(newTask(birth, { ...fieldsOf(bodyOf(line, named), { userId, now, zone }), ...place }))
  }
  return made
}

const placesOf = (lines: readonly QuickAddLine[], home: Project, named: Named): Project[] => {
  const places: Project[] = []
  for (const line of lines) {
    places.push(projectOf(line, home, line.parent === null ? undefined : places[line.parent], named))
  }
  return places
}

/**
 * Makes tasks of lines of text: all of them or none, and none as long as something was not understood, unless the
 * caller keeps that in the titles. People and projects are found by name and never made.
 */
export const quickAdd: UseCase<QuickAddAsk, Stores, Loaded, QuickAddReply> = {
  load: async (ask, { projects, workspaces, tasks }) => {
    const { workspaceId, projectId } = ask.params
    const [firstId = ''] = idsFor(1, ask)
    const none = { items: [] }
    const [project, lastNumber, members, named, made] = await Promise.all([
      projects.project(workspaceId, projectId),
      tasks.lastNumber(workspaceId, projectId),
      namesIn(ask.body.text, '@') ? workspaces.members(workspaceId, mostNames) : none,
      namesIn(ask.body.text, '+') ? projects.projects(workspaceId, mostNames) : none,
      ask.mark === null ? undefined : tasks.madeAs(workspaceId, firstId),
    ])
    return { project, lastNumber, members: members.items.filter(isActive), projects: named.items, made }
  },
  about: ofProject,
  run: async ({ ask, person, member }, { project: home, lastNumber, members, projects, made }, { tasks }) => {
    if (home === undefined) throw notFound()
    if (made !== undefined && made.origin?.payload !== ask.mark?.payload)
      throw new Failure('idempotency-mismatch')
    const isUsable = ({ id }: Project) => may(member, 'task.create', inProject(id))
    const named = { members, projects: projects.filter(isUsable), userId: ask.userId }
    // A repeated request is read by the clock of its first run.
    const now = made?.createdAt ?? ask.now
    const here = hereAt(now, person.zone)
    const lines = parseQuickAdd(ask.body.text, here).map((line) =>
      withoutUnknown(line, reasonIn(named), here),
    )
    if (ask.body.dryRun) return { body: { lines, created: [] } }
    if (!ask.body.keepUnknown) requireUnderstood(lines)
    const places = placesOf(lines, home, named)
    const others = [...new Set(places.map(({ id }) => id))].filter((id) => id !== home.id)
    const lasts = await Promise.all(others.map((id) => tasks.lastNumber(home.workspaceId, id)))
    const lastNumbers = new Map([
      [home.id, lastNumber],
      ...others.map((id, n) => [id, lasts[n] ?? 0] as const),
    ])
    const zone = person.zone
    const all = tasksOf(lines, places, { ask: { ...ask, now }, home, named, zone, lastNumbers })
    const added = await addTogether(all, tasks)
    return { body: { lines, created: added.map(({ id, key }) => ({ id, key })) } }
  },
}
