import type { ShareLevel } from '../../../shared/api/schemas/access.ts'
import { commentKey, jobKey, type Key, noticeKey, taskKeyOf, templateKey } from '../../../shared/data/keys.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import type { Task } from '../../../shared/domain/tasks/task.ts'
import type { App, Request } from '../app.ts'
import type { Team } from '../ordinary/team.ts'
import type { Cast } from './personas.ts'

const set = (app: App, key: Key, values: Record<string, unknown>): Promise<unknown> =>
  app.table.update(key, { set: values }, { present: true })

const namesOf = (prefix: string, request: Request): string[] => [
  ...new Set(JSON.stringify([request.params, request.body]).match(new RegExp(`${prefix}_[0-9a-z]{26}`, 'g'))),
]

/** Tasks that a request names and that there are. */
const tasksOf = async ({ app, workspaceId, longLived }: Team, request: Request): Promise<Task[]> => {
  const ids = [...namesOf('tsk', request), ...(request.params?.key === undefined ? [] : [longLived.id])]
  const found = await Promise.all(ids.map((id) => app.stores.tasks.task(workspaceId, id)))
  return found.filter((task) => task !== undefined)
}

const idsOf = (cast: Cast): string[] => cast.everybody.map(({ userId }) => userId)

/** Makes what a request is about everybody's own, as far as that goes: also of those who must not profit. */
export const makeOwn = async (team: Team, request: Request, cast: Cast): Promise<void> => {
  const { app, workspaceId } = team
  for (const { id, assigneeIds } of await tasksOf(team, request)) {
    const all = [...new Set([...assigneeIds, ...idsOf(cast)])]
    await set(app, taskKeyOf(workspaceId, id), { assigneeIds: all })
  }
}

/** The owner of a notice stands in its key. */
const giveNotice = async ({ app, workspaceId, owner }: Team, id: string, userId: string): Promise<void> => {
  const item = await app.table.get(noticeKey({ workspaceId, userId: owner.userId }, id))
  if (item === undefined) throw new Error('the ordinary call has no notice')
  await app.table.put({ ...item, ...noticeKey({ workspaceId, userId }, id), userId })
}

/** Makes somebody the maker of a template, job, comment or notice. */
export const handTo = async (team: Team, { params = {} }: Request, userId: string): Promise<void> => {
  const { app, workspaceId } = team
  const { templateId, jobId, taskId, commentId, notificationId } = params
  if (templateId !== undefined) await set(app, templateKey(workspaceId, templateId), { createdBy: userId })
  if (taskId !== undefined && commentId !== undefined) {
    await set(app, commentKey(workspaceId, taskId, commentId), { createdBy: userId })
  }
  if (jobId !== undefined) await set(app, jobKey(workspaceId, jobId), { createdBy: userId })
  if (notificationId !== undefined) await giveNotice(team, notificationId, userId)
}

/** Shares the tasks of a request, also with those who are members no more, and assigns them to a group. */
export const share = async (team: Team, request: Request, cast: Cast): Promise<void> => {
  const shares: Record<string, ShareLevel> = {
    [cast.of('viewShare').userId]: 'view',
    [cast.of('editShare').userId]: 'edit',
    [cast.of('suspended').userId]: 'edit',
    [cast.of('removed').userId]: 'edit',
  }
  for (const { id } of await tasksOf(team, request)) {
    await set(team.app, taskKeyOf(team.workspaceId, id), { shares, assigneeGroupIds: [cast.groupId] })
  }
}

/** Lets a timer of everybody run on the task of a request. */
export const runTimers = async (team: Team, request: Request, cast: Cast): Promise<void> => {
  const { app, workspaceId } = team
  const startedAt = new Date(app.clock.now).toISOString()
  for (const { id, timeEntries } of await tasksOf(team, request)) {
    const running = [team.owner.userId, ...idsOf(cast)].map((userId) => [
      makeId('timeEntry', app.clock.now, randomSeed()),
      { userId, startedAt, minutes: null, note: '' },
    ])
    await set(app, taskKeyOf(workspaceId, id), {
      timeEntries: { ...timeEntries, ...Object.fromEntries(running) },
    })
  }
}
