import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createApi } from '../../../local/demo/api.ts'
import { codeMailedTo } from '../../../local/demo/inbox.ts'
import { nextMinute, wallTime, wholeSecond } from './clock.ts'
import { type Mail, mailboxAt } from './mailbox.ts'
import { type RuntimeProcess, startRuntimeProcess } from './runtimeProcess.ts'
import { inboxOf } from './target.ts'

export interface OutagePlan {
  /** From the creation of the task to its reminder. */
  readonly remindInMs: number
  /** From the stop to the next start; long enough to pass the reminder. */
  readonly downMs: number
}

export interface OutageReport {
  /** Every reminder of the outage that was mailed. */
  readonly mails: readonly Mail[]
  /** From the reminder's time to the first of them. */
  readonly lateByMs: number
}

const email = () => `outage.${randomUUID()}@example.com`
const password = 'correct horse battery staple'
const inUtc = (instant: number) => ({ dateTime: wallTime(instant, 'UTC'), zone: 'UTC' })

/** Somebody with an empty project in a runtime: what adds a task to it. */
async function prepare({ baseUrl }: RuntimeProcess, address: string) {
  const api = createApi(baseUrl)
  await api.post('/v1/auth/sign-up', { email: address, password, name: 'Olga Outage' })
  const code = await codeMailedTo(`${baseUrl}/inbox`, address)
  await api.post('/v1/auth/confirm', { email: address, code, password })
  const token = String((await api.post('/v1/auth/sign-in', { email: address, password })).accessToken)
  const workspace = await api.post('/v1/workspaces', { name: 'Outage' }, token)
  const path = `/v1/workspaces/${workspace.id}/projects`
  const project = await api.post(path, { name: 'Outage', key: 'OUT' }, token)
  return (task: object) => api.post(`${path}/${project.id}/tasks`, task, token)
}

const passed = (instant: number): Promise<void> => delay(Math.max(0, instant - Date.now()))

async function mailsAbout({ baseUrl }: RuntimeProcess, address: string, title: string): Promise<Mail[]> {
  const mails = await mailboxAt(inboxOf(baseUrl)).mailsTo(address)
  return mails.filter(({ subject }) => subject.includes(title))
}

/** The fence is swept a minute after the reminder: once it is there, a second mail of the reminder would be, too. */
async function untilFence(runtime: RuntimeProcess, address: string): Promise<void> {
  const deadline = Date.now() + 150_000
  while ((await mailsAbout(runtime, address, 'Fence')).length === 0) {
    if (Date.now() > deadline) throw new Error('The reminder behind the outage did not arrive')
    await delay(200)
  }
}

/**
 * Starts a runtime on `dataDir`, sets a reminder, stops the runtime before its time, starts it again after, and
 * tells what was mailed once a later reminder has arrived, too.
 */
export async function outage(dataDir: string, { remindInMs, downMs }: OutagePlan): Promise<OutageReport> {
  const address = email()
  const before = await startRuntimeProcess(dataDir)
  let remindAt = 0
  try {
    const addTask = await prepare(before, address)
    remindAt = wholeSecond(Date.now() + remindInMs)
    await addTask({ title: 'Outage', reminders: [inUtc(remindAt)] })
    await addTask({ title: 'Fence', reminders: [inUtc(nextMinute(Date.now() + downMs) + 1_000)] })
  } finally {
    await before.stop()
  }
  await passed(Math.max(remindAt + 1_000, Date.now() + downMs))
  const after = await startRuntimeProcess(dataDir)
  try {
    await untilFence(after, address)
    const mails = await mailsAbout(after, address, 'Outage')
    return { mails, lateByMs: (mails[0]?.sentAt ?? 0) * 1000 - remindAt }
  } finally {
    await after.stop()
  }
}
