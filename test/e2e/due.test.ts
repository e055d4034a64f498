import { expect } from 'vitest'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { nextMinute, wallTime } from '../support/e2e/clock.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { mailsLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

/** No clock is put forward or back there. */
const zone = 'Asia/Kathmandu'
const dayMs = 86_400_000
const patienceMs = 150_000
/** Longer than a busy machine takes to set the tasks up: what has passed by then is not told. */
const setUpMs = 15_000

const at = (instant: number) => ({ dateTime: wallTime(instant, zone), zone })

requires(
  'schedule-rate',
  'mail-read',
  'table-index-range',
)(
  'a due task tells whom it is assigned to, in the inbox also a day before; a closed one tells nobody',
  async () => {
    const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
    const { workspaceId, owner } = team
    await team.admit(ana, 'member')

    const minute = nextMinute(Date.now() + setUpMs)
    const assigneeIds = [ana.id]
    const [kept, closed, next, fence] = await Promise.all([
      team.addTask({ title: 'Kept', assigneeIds, due: at(minute - 1_000) }),
      team.addTask({ title: 'Closed', assigneeIds, due: at(minute - 1_000) }),
      team.addTask({ title: 'Tomorrow', assigneeIds, due: at(minute - 1_000 + dayMs) }),
      // Swept with the others or a minute later: all that is told of them has been by then.
      team.addTask({ title: 'Fence', assigneeIds, due: at(minute + 1_000) }),
    ])
    await owner.api.ok(tasks.completeTask, { params: { workspaceId, taskId: closed.id }, body: {} })
    expect(Date.now(), 'the machine was too busy to set the tasks up in time').toBeLessThan(minute - 1_000)

    await mailsLike(ana.email, /^Due: (Kept|Fence)/, { count: 2, withinMs: patienceMs })
    const due = async (address: string) =>
      (await mailsTo(address)).map(({ subject }) => subject).filter((subject) => /^Due/.test(subject))
    expect((await due(ana.email)).sort()).toEqual([`Due: Fence (${fence.key})`, `Due: Kept (${kept.key})`])
    expect(await due(owner.email)).toEqual([])

    const inbox = inboxOf(ana, workspaceId)
    const soon = await inbox.entry(({ kind }) => kind === 'dueSoon')
    expect(soon).toMatchObject({ task: { id: next.id }, mail: { state: 'suppressed' } })
    const told = (await inbox.entries()).filter(({ kind }) => kind === 'due')
    expect(told.map(({ task }) => task?.title)).toEqual(['Fence', 'Kept'])
  },
)
