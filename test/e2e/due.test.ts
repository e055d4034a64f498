import { expect } from 'vitest'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { nextMinute, wallTime } from '../support/e2e/clock.ts'
import { mailLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

const zone = 'Asia/Kathmandu'
const patienceMs = 150_000
/** Longer than a busy machine takes to set the tasks up: what has passed by then is not told. */
const setUpMs = 15_000

const at = (instant: number) => ({ dateTime: wallTime(instant, zone), zone })

requires(
  'schedule-rate',
  'mail-read',
  'table-index-range',
)('a task tells whom it is assigned to when it is due, a closed one nobody', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, owner } = team
  await team.admit(ana, 'member')

  const minute = nextMinute(Date.now() + setUpMs)
  const assigneeIds = [ana.id]
  const [kept, closed] = await Promise.all([
    team.addTask({ title: 'Kept', assigneeIds, due: at(minute - 1_000) }),
    team.addTask({ title: 'Closed', assigneeIds, due: at(minute - 1_000) }),
    // Swept a minute later: by then all that is told of the others has been.
    team.addTask({ title: 'Fence', assigneeIds, due: at(minute + 1_000) }),
  ])
  await owner.api.ok(tasks.completeTask, { params: { workspaceId, taskId: closed.id }, body: {} })
  expect(Date.now(), 'the machine was too busy to set the tasks up in time').toBeLessThan(minute - 1_000)

  await mailLike(ana.email, /^Due: Fence/, patienceMs)
  const due = async (address: string) =>
    (await mailsTo(address)).map(({ subject }) => subject).filter((subject) => /^Due/.test(subject))
  expect(await due(ana.email)).toEqual([`Due: Kept (${kept.key})`, expect.stringMatching(/^Due: Fence/)])
  expect(await due(owner.email)).toEqual([])
})
