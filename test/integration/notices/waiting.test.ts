import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../../shared/api/actions.ts'
import {
  editNotification,
  editNotificationPreferences,
  getNotification,
  listNotifications,
} from '../../../shared/api/routes/notifications.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { NoticeMessage, WaitingMessage } from '../../../shared/api/schemas/notice.ts'
import { sendMail, sendWaitingMails } from '../../../shared/api/triggers.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { waitingIndex, waitingStore } from '../../../shared/data/stores/waiting.ts'
import { sendWaiting } from '../../../shared/domain/notices/sendWaiting.ts'
import { sweepWaiting } from '../../../shared/domain/notices/sweepWaiting.ts'
import type { MailNotice } from '../../../shared/mail/notice.ts'
import { startApp } from '../../support/app.ts'
import { Crash, crashingTable, type Fuse, guarded, newFuse } from '../../support/crashing.ts'
import { noticeWorkers } from '../../support/noticeWorkers.ts'
import { succeed } from '../../support/ordinary/team.ts'

const minute = 60_000

/** Somebody who gets mails together, a colleague who assigns tasks to them, and the worker between, which may be killed. */
const startStory = async (zone = 'UTC', role: Role = 'member') => {
  const app = await startApp()
  app.clock.now = Date.parse('2026-11-20T12:01:00.000Z')
  const owner = await app.person('Olga')
  const bea = await app.person('Bea', { zone })
  const workspaceId: string = (await succeed(app, owner, createWorkspace, { body: { name: 'W' } })).body.id
  await app.join(bea, workspaceId, role, 'Bea')
  const project = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'P', key: 'OPS' },
  })
  await app.drain()
  app.notices.length = 0
  let fuse: Fuse = newFuse()
  /** Whoever is dead does nothing any more, whatever else was under way at once. */
  const current = () => {
    if (fuse.steps === fuse.at) throw new Crash('is dead')
    return fuse
  }
  const over = crashingTable(app.table, current)
  const mails: MailNotice[] = []
  const waiting: WaitingMessage[] = []
  const now = () => new Date(app.clock.now).toISOString()
  const world = {
    ...{
      facts: app.facts,
      ledger: ledgerStore(over),
      waiting: waitingStore(over),
      now,
      newClaim: randomUUID,
    },
    mailer: {
      send: guarded('mail.send', current, async (notice: MailNotice) => {
        mails.push(notice)
        return randomUUID()
      }),
    },
  }
  const sweeper = {
    index: waitingIndex(over),
    queue: {
      send: guarded(
        'queue.send',
        current,
        async (all: readonly WaitingMessage[]) => void waiting.push(...all),
      ),
    },
  }
  return {
    ...{ app, owner, bea, workspaceId, projectId: project.body.id as string, mails, waiting, current },
    arm: (at?: number) => {
      fuse = newFuse(at)
    },
    choose: (body: object) =>
      succeed(app, bea, editNotificationPreferences, { params: { workspaceId }, body }),
    assign: async (title: string, changes: object = {}): Promise<string> => {
      const body = { title, assigneeIds: [bea.userId], ...changes }
      const params = { workspaceId, projectId: project.body.id as string }
      return (await succeed(app, owner, createTask, { params, body })).body.id
    },
    switchedOff: (webhookId: string, { userId } = bea): NoticeMessage => ({
      ...{ kind: 'webhookDisabled', workspaceId, userId, webhookId, version: 1, at: now() },
      ...{ origin: 'https://a.example', failingSince: now() },
    }),
    tell: noticeWorkers(app, world, (send) => guarded('mails.send', current, send)),
    sweep: () => app.granted.as(sendWaitingMails, () => sweepWaiting(now(), sweeper)),
    leave: (message: WaitingMessage) => app.granted.as(sendMail, () => sendWaiting(message, world)),
    inbox: async () =>
      (await succeed(app, bea, listNotifications, { params: { workspaceId }, query: { state: 'all' } })).body
        .items,
  }
}
type Story = Awaited<ReturnType<typeof startStory>>

let story: Story
beforeEach(async () => {
  story = await startStory()
}, 60_000)
afterEach(() => story.app.close())

/** Everything that is due by now reaches the worker. */
const catchUp = async (one: Story): Promise<void> => {
  await one.app.drain()
  for (const message of one.app.notices.splice(0)) expect(await one.tell(message)).toBe(true)
  await one.sweep()
  for (const message of one.waiting.splice(0)) expect(await one.leave(message)).toBe(true)
}
const kinds = ({ mails }: Story) => mails.map(({ kind }) => kind)
const waitUntil = async (one: Story, time: string): Promise<void> => {
  one.app.clock.now = Date.parse(`2026-11-20T${time}:00.000Z`)
  await catchUp(one)
}

describe('mails that are wanted together', () => {
  beforeEach(() => story.choose({ mailWindow: 'hourly' }))

  test('stand in the inbox at once, and leave as one mail when the window ends', async () => {
    await story.assign('One')
    await catchUp(story)
    story.app.clock.now += minute
    await story.assign('Two')
    await waitUntil(story, '12:30')
    expect(story.mails).toEqual([])
    const waits = {
      state: 'scheduled',
      dueAt: '2026-11-20T13:00:00.000Z',
      why: 'waits for the mail window to end',
    }
    expect((await story.inbox()).map(({ mail }: { mail: object }) => mail)).toMatchObject([waits, waits])
    await waitUntil(story, '13:00')
    expect(story.mails).toMatchObject([
      {
        kind: 'several',
        count: 2,
        workspaceName: 'W',
        notices: [{ task: { title: 'One' } }, { task: { title: 'Two' } }],
      },
    ])
    const items = await story.inbox()
    for (const { id } of items) {
      const params = { workspaceId: story.workspaceId, notificationId: id }
      const { body } = await succeed(story.app, story.bea, getNotification, { params })
      expect(body.story.map(({ channel, state }: Record<string, string>) => `${channel} ${state}`)).toEqual([
        'inbox delivered',
        'mail scheduled',
        'mail sent',
      ])
    }
    await waitUntil(story, '15:00')
    expect(story.mails).toHaveLength(1)
  })

  test('are an ordinary mail where one is left', async () => {
    await story.assign('Alone')
    await catchUp(story)
    await waitUntil(story, '13:00')
    expect(story.mails).toMatchObject([{ kind: 'assigned', task: { title: 'Alone' } }])
  })

  test('tell of tasks assigned at once beside others', async () => {
    await story.assign('One')
    await story.app.drain()
    story.app.notices.push({
      ...{ kind: 'bulk', workspaceId: story.workspaceId, userId: story.bea.userId, by: story.owner.userId },
      ...{ bulkId: 'b', count: 7, at: new Date(story.app.clock.now).toISOString() },
    })
    await catchUp(story)
    await waitUntil(story, '13:00')
    expect(story.mails).toMatchObject([{ kind: 'several', count: 2 }])
    const [mail] = story.mails
    expect(mail?.kind === 'several' && mail.notices.map(({ kind }) => kind).sort()).toEqual([
      'assigned',
      'bulk',
    ])
  })

  test('say nothing of what has been read or archived meanwhile, or is not so any more', async () => {
    const taskId = await story.assign('Undone')
    for (const title of ['Read', 'Archived', 'Left']) await story.assign(title)
    await catchUp(story)
    const items: { id: string; task: { title: string } }[] = await story.inbox()
    const edit = (title: string, body: object) =>
      succeed(story.app, story.bea, editNotification, {
        params: {
          workspaceId: story.workspaceId,
          notificationId: String(items.find(({ task }) => task.title === title)?.id),
        },
        body,
      })
    await edit('Read', { read: true })
    await edit('Archived', { archived: true })
    await succeed(story.app, story.owner, editTask, {
      params: { workspaceId: story.workspaceId, taskId },
      body: { assigneeIds: [] },
    })
    await waitUntil(story, '13:00')
    expect(story.mails).toMatchObject([{ kind: 'assigned', task: { title: 'Left' } }])
    const why = new Map<string, string>()
    for (const { id, task } of items) {
      const params = { workspaceId: story.workspaceId, notificationId: id }
      const { body } = await succeed(story.app, story.bea, getNotification, { params })
      why.set(task.title, `${body.mail.state} ${body.mail.why}`)
    }
    expect(Object.fromEntries(why)).toEqual({
      Read: 'suppressed read in the inbox',
      Archived: 'suppressed read in the inbox',
      Undone: 'suppressed the person is not assigned any more',
      Left: 'sent null',
    })
  })

  test('do not leave at all where nothing is left, or mails have been switched off', async () => {
    await story.assign('Unwanted')
    await catchUp(story)
    await story.choose({ kinds: { assigned: { mail: false } } })
    await waitUntil(story, '13:00')
    expect(story.mails).toEqual([])
    expect((await story.inbox())[0].mail).toMatchObject({
      state: 'suppressed',
      why: 'switched off in the preferences',
    })
  })

  test('that are urgent leave at once', async () => {
    await story.assign('Fire', { priority: 'urgent' })
    await catchUp(story)
    expect(kinds(story)).toEqual(['assigned'])
  })

  test('that come too late for one window leave with the next', async () => {
    await story.assign('Early')
    await story.assign('Late')
    await story.app.drain()
    const [early, late] = story.app.notices.splice(0) as [NoticeMessage, NoticeMessage]
    await story.tell(early)
    story.app.clock.now = Date.parse('2026-11-20T13:00:00.000Z')
    await story.sweep()
    const [leaving] = story.waiting.splice(0) as [WaitingMessage]
    await story.leave(leaving)
    // A worker whose clock is behind still takes it for one of the window before.
    story.app.clock.now -= 1
    await story.tell(late)
    expect(kinds(story)).toEqual(['assigned'])
    await waitUntil(story, '13:59')
    expect(kinds(story)).toEqual(['assigned'])
    await waitUntil(story, '14:00')
    expect(kinds(story)).toEqual(['assigned', 'assigned'])
  })

  test('after an outage do not break quiet hours that have begun meanwhile', async () => {
    await story.choose({ quietHours: { from: '22:00', to: '23:30' } })
    await story.assign('Put off twice')
    await catchUp(story)
    await waitUntil(story, '22:10')
    expect(story.mails).toEqual([])
    expect((await story.inbox())[0].mail).toMatchObject({ state: 'scheduled', why: 'quiet hours' })
    await waitUntil(story, '23:30')
    expect(kinds(story)).toEqual(['assigned'])
  })
})

test('quiet hours put mails off to their end, by the clock of the person', async () => {
  await story.app.close()
  story = await startStory('Asia/Tokyo')
  await story.choose({ quietHours: { from: '21:00', to: '07:00' } })
  for (const title of ['One', 'Two']) await story.assign(title)
  await catchUp(story)
  await waitUntil(story, '21:59')
  expect(story.mails).toEqual([])
  await waitUntil(story, '22:00')
  expect(kinds(story)).toEqual(['several'])
})

test('a worker whose clock is behind does not put a mail off to its own time', async () => {
  await story.choose({ quietHours: { from: '12:00', to: '13:00' } })
  await story.assign('One')
  await catchUp(story)
  story.app.clock.now = Date.parse('2026-11-20T13:00:00.000Z')
  await story.sweep()
  story.app.clock.now -= 1
  for (const message of story.waiting.splice(0)) expect(await story.leave(message)).toBe(true)
  expect(kinds(story)).toEqual(['assigned'])
})

test('more notices than one mail holds leave in several, and each is told once', async () => {
  await story.choose({ mailWindow: '5min' })
  const place = { workspaceId: story.workspaceId, userId: story.bea.userId, at: '2026-11-20T12:05:00.000Z' }
  const waiting = waitingStore(story.app.table)
  for (let n = 0; n < 499; n++) expect((await waiting.add(place, `ntf_filler${n}`)).won).toBe(true)
  for (const title of ['Last in', 'First out']) await story.assign(title)
  await catchUp(story)
  const dues = (await story.inbox()).map(({ mail }: { mail: { dueAt: string } }) => mail.dueAt)
  expect(dues.sort()).toEqual([place.at, '2026-11-20T12:05:00.001Z'])
  await waitUntil(story, '12:06')
  expect(kinds(story)).toEqual(['assigned', 'assigned'])
}, 60_000)

test('what a mail of several tasks has no place for leaves by itself, at the end of the same quiet hours', async () => {
  const { workspaceId, owner, app } = story
  const params = { workspaceId }
  const body = { mailWindow: 'daily', quietHours: { from: '12:00', to: '13:00' } }
  await succeed(app, owner, editNotificationPreferences, { params, body })
  await succeed(app, story.bea, createTask, {
    params: { workspaceId, projectId: story.projectId },
    body: { title: 'One', assigneeIds: [owner.userId], priority: 'urgent' },
  })
  await succeed(app, owner, editNotificationPreferences, {
    params,
    body: { urgentPasses: false, mailWindow: 'now' },
  })
  await app.drain()
  for (const webhookId of ['whk_a', 'whk_b']) app.notices.push(story.switchedOff(webhookId, owner))
  await catchUp(story)
  await waitUntil(story, '12:59')
  expect(story.mails).toEqual([])
  for (const time of ['13:00', '13:01', '13:02']) await waitUntil(story, time)
  expect(kinds(story).toSorted()).toEqual(['assigned', 'webhookDisabled', 'webhookDisabled'])
  const told = story.mails.flatMap((mail) => (mail.kind === 'webhookDisabled' ? mail.webhookId : []))
  expect(told.toSorted()).toEqual(['whk_a', 'whk_b'])
})

/** Runs to the end although it may be killed once; the clock moves past every claim, as visibility timeouts do. */
const untilDone = async (one: Story, work: () => Promise<unknown>): Promise<void> => {
  try {
    if ((await work()) !== false) return
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    one.arm()
  }
  one.app.clock.now += 3 * minute
  expect(await work()).not.toBe(false)
}

/** Two tasks wait, and a webhook that was switched off, whose mail has no place among theirs. */
const told = 3

interface Walk {
  readonly name: string
  /** What happens while the mails wait until 13:00. */
  readonly meanwhile?: (one: Story) => Promise<unknown>
  /** When mails leave; each turn sweeps some more, for those that leave a moment later. */
  readonly turns: readonly string[]
}
const walks: Walk[] = [
  { name: 'leave when their time has come', turns: ['13:03', '13:30', '14:03'] },
  {
    name: 'are put off once more, as quiet hours were set meanwhile',
    meanwhile: ({ choose }) => choose({ quietHours: { from: '12:00', to: '14:00' } }),
    turns: ['13:03', '13:30', '14:03', '14:30', '15:03'],
  },
]

/** Notices wait and leave; the worker is killed at step `at` of all it does, and everything comes twice. */
const waitingStory = async ({ meanwhile, turns }: Walk, at?: number) => {
  const one = await startStory('UTC', 'admin')
  await one.choose({ mailWindow: 'hourly', quietHours: { from: '12:00', to: '13:00' } })
  for (const title of ['One', 'Two']) await one.assign(title)
  await one.app.drain()
  const messages = [...one.app.notices.splice(0), one.switchedOff('whk_a')]
  one.arm(at)
  for (const message of messages) {
    await untilDone(one, () => one.tell(message))
    await untilDone(one, () => one.tell(message))
  }
  await meanwhile?.(one)
  for (const time of turns) {
    one.app.clock.now = Math.max(one.app.clock.now, Date.parse(`2026-11-20T${time}:00.000Z`))
    await untilDone(one, one.sweep)
    for (const message of one.waiting.splice(0)) {
      await untilDone(one, () => one.leave(message))
      one.app.clock.now += 3 * minute
      await untilDone(one, () => one.leave(message))
    }
  }
  const states = (await one.inbox()).map(({ mail }: { mail: { state: string } }) => mail.state)
  const result = { steps: one.current(), mails: one.mails, states }
  await one.app.close()
  return result
}
const toldIn = (mails: readonly MailNotice[]): string[] =>
  mails.flatMap((mail) => (mail.kind === 'several' ? mail.notices.map(({ id }) => id) : mail.id))

test.each(walks)(
  'mails that $name: killed at every step and delivered twice, each notice leaves once but in the one documented window',
  async (walk) => {
    const { steps, mails, states } = await waitingStory(walk)
    const allSent = Array(told).fill('sent')
    expect(states).toEqual(allSent)
    expect(mails.map(({ kind }) => kind)).toEqual(['several', 'webhookDisabled'])
    const lost: string[] = []
    const doubled: string[] = []
    for (let at = 1; at <= steps.steps; at++) {
      const crashed = await waitingStory(walk, at)
      const name = `${at} ${steps.names[at - 1]}`
      const ids = toldIn(crashed.mails)
      if (!isDeepStrictEqual(crashed.states, allSent) || new Set(ids).size < told) lost.push(name)
      if (ids.length > told) doubled.push(name)
    }
    expect(lost).toEqual([])
    const inWindow = steps.names.flatMap((name, index) =>
      name === 'after mail.send' || (name === 'before put' && steps.names[index - 1] === 'after mail.send')
        ? [`${index + 1} ${name}`]
        : [],
    )
    expect(doubled).toEqual(inWindow)
    console.info(
      `${steps.steps} crash points of mails that ${walk.name}: 0 lost, doubled only at ${inWindow.join(', ')}`,
    )
  },
  300_000,
)
