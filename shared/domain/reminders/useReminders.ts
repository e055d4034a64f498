import type { ScheduledReminder } from '../../api/schemas/reminders.ts'
import type { Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Schedules } from './ports.ts'
import { placeOf, type ScheduledTask, scheduled } from './scheduled.ts'

/** Tasks that are looked at: of the list of the person, and of those of all their groups together. */
const mostTasks = 300

type ListAsk = Ask<{ workspaceId: string }, { readonly limit: number }>
interface World {
  readonly schedules: Schedules
}
interface Page {
  items: ScheduledReminder[]
  complete: boolean
}

export const listReminders: UseCase<ListAsk, World, Slice<ScheduledTask>, Page> = {
  load: ({ params, userId }, { schedules }) => schedules.scheduled(params.workspaceId, userId, mostTasks),
  run: async ({ ask, member }, own, { schedules }) => {
    const { groupIds = [] } = member
    const most = Math.max(1, Math.floor(mostTasks / groupIds.length))
    const ofGroups = await Promise.all(
      groupIds.map((groupId) => schedules.scheduled(ask.params.workspaceId, groupId, most)),
    )
    const lists = [own, ...ofGroups]
    const all = scheduled(
      member,
      lists.flatMap(({ items }) => items),
      ask.now,
    )
    const { position = '', query } = ask
    const left = all.filter((one) => placeOf(one) > position)
    const items = left.slice(0, query.limit)
    const last = items.at(-1)
    return {
      body: { items, complete: !lists.some(({ more }) => more) },
      nextPosition: last && left.length > items.length ? placeOf(last) : undefined,
    }
  },
}
