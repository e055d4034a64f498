import { addressOf, admitAll, type Doors, type Login, signIn, signInOrUp } from './accounts.ts'
import type { Board } from './board.ts'
import { findOrCreateProject, findOrFoundWorkspace } from './places.ts'
import { type Plan, planImport } from './plan.ts'
import { makeTask, type Place, type Schedule, schedule } from './tasks.ts'

export interface ImportOptions extends Doors {
  /** Whose workspace it becomes; without it an owner is signed up. */
  readonly login?: Login | undefined
  /** Of the addresses that members, and an owner without a login, get. */
  readonly domain: string
  /** Of the accounts that are opened. */
  readonly password: string
  /** When what has a due date is due and reminded of, counted from now. */
  readonly dueInMinutes: number
  readonly remindInMinutes: number
  /** IANA zone of the workspace and the due dates. */
  readonly zone: string
  readonly say: (line: string) => void
}

export interface ImportReport {
  readonly plan: Plan
  readonly owner: Login
  readonly workspaceId: string
  readonly projectId: string
  /** Ids of tasks by those of their cards. */
  readonly taskIds: ReadonlyMap<string, string>
  /** How many tasks were made now, and how many an earlier import had made. */
  readonly made: number
  readonly kept: number
  /** Tasks that were given a due date and a reminder. */
  readonly scheduled: number
  readonly notes: readonly string[]
}

/** Makes a Trello board into a project, through the HTTP API alone. Repeating it adds what is missing. */
export async function importBoard(board: Board, options: ImportOptions): Promise<ImportReport> {
  const { domain, password, say, zone } = options
  const startedAt = new Date().toISOString()
  const plan = planImport(board)
  const owner = options.login ?? { email: `trello-owner@${domain}`, password }
  const { api } = await (options.login ? signIn(owner, options) : signInOrUp(owner, 'Trello Owner', options))
  const workspaceId = await findOrFoundWorkspace(api, plan, zone)
  const projectId = await findOrCreateProject(api, workspaceId, plan)
  say(`Members: ${plan.members.length} …`)
  const loginOf = (username: string): Login => ({ email: addressOf(username, domain), password })
  const workspace = { owner: api, workspaceId }
  const people = await admitAll(plan.members, workspace, { loginOf, doors: options })
  say(`Tasks: ${plan.tasks.length} …`)
  const place = { api, workspaceId, projectId }
  const result = await addTasks(plan, place, { people, times: options, startedAt })
  return { plan, owner, workspaceId, projectId, ...result, notes: [...plan.notes, ...result.notes] }
}

interface Means {
  readonly people: ReadonlyMap<string, string>
  readonly times: Schedule
  /** Tasks from before are those of an earlier import. */
  readonly startedAt: string
}

/** One after another, so that the order of creation is that of the board. */
async function addTasks(plan: Plan, place: Place, { people, times, startedAt }: Means) {
  const taskIds = new Map<string, string>()
  const notes: string[] = []
  let [made, scheduled] = [0, 0]
  for (const planned of plan.tasks) {
    const assigneeIds = planned.memberIds.flatMap((id) => people.get(id) ?? [])
    const task = await makeTask(place, planned, assigneeIds)
    if (task === undefined) {
      notes.push(`“${planned.fields.title}”: changed in Trello since its import; the task is left as it is`)
      continue
    }
    taskIds.set(planned.cardId, task.id)
    if (task.createdAt >= startedAt) made += 1
    if (!planned.isDue) continue
    if (await schedule(place, task, times)) scheduled += 1
    else notes.push(`${task.key} “${task.title}”: has a due date already, or is gone; left as it is`)
  }
  return { taskIds, made, kept: taskIds.size - made, scheduled, notes }
}
