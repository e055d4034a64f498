import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { trials } from '../support/depth.ts'
import { CrowdClient } from '../support/e2e/crowd/client.ts'
import { type Account, Place } from '../support/e2e/crowd/place.ts'
import { onlyLocally } from '../support/e2e/requires.ts'

const crowd = trials(500)
const edits = crowd * 4
const editors = 8
const membersCount = 18
const guestsCount = 10
const open = 24
const secret = 6
const taken = 4

/**
 * All functions run in one process here, under load: what `live.test.ts` holds to five seconds may take longer, and
 * must be over all the same.
 */
const closedWithinMs = 20_000

const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

const makeTask = async (place: Place, owner: Account, title: string): Promise<string> => {
  const path = `projects/${place.projectId}/tasks`
  return String((await place.insist(owner, 'POST', path, { title })).body.id)
}

type Change = { readonly field: string; readonly to: unknown }

/** The number of the event by which a task was taken from each guest, by their ids. */
const unsharedAt = async (place: Place, owner: Account, taskId: string): Promise<Map<string, number>> => {
  const history: { sequence: number; changes: Change[] }[] = await place.all(owner, `tasks/${taskId}/history`)
  const taking = history.flatMap(({ sequence, changes }) =>
    changes
      .filter(({ field, to }) => field.startsWith('shares/') && to === null)
      .map(({ field }) => [field.slice('shares/'.length), sequence] as const),
  )
  expect(taking).toHaveLength(guestsCount)
  return new Map(taking)
}

const soon = <T>(expectation: () => T | Promise<T>, timeout = 60_000): Promise<T> =>
  vi.waitFor(expectation, { timeout, interval: 200 })

onlyLocally(
  `${crowd} clients end with what the server has, through disconnects and restarts, and nobody hears of what is not theirs`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duely-e2e-crowd-'))
    const place = new Place(join(folder, 'data'))
    const clients: CrowdClient[] = []
    try {
      await place.start()
      const owner = await place.account('Olga')
      await place.found(owner)
      const members = await Promise.all(times(membersCount, (n) => place.account(`Member${n}`)))
      const guests = await Promise.all(times(guestsCount, (n) => place.account(`Guest${n}`)))
      for (const one of members) await place.admit(owner, one, 'member')
      for (const one of guests) await place.admit(owner, one, 'guest')
      const tasks = await Promise.all(times(open, (n) => makeTask(place, owner, `Task ${n}`)))
      const secrets = await Promise.all(times(secret, (n) => makeTask(place, owner, `Secret ${n}`)))
      // Guests have had these; from before the editing on they have them no more.
      const retired = await Promise.all(times(taken, (n) => makeTask(place, owner, `Lent ${n}`)))
      const all = [...tasks, ...secrets, ...retired]
      const withGuests = (change: (path: string) => Promise<unknown>) =>
        Promise.all(
          retired.map(async (taskId) => {
            for (const { id } of guests) await change(`tasks/${taskId}/shares/${id}`)
          }),
        )
      await withGuests((path) => place.insist(owner, 'PUT', path, { level: 'view' }))
      const leaving = members.slice(-2)
      const remaining = members.filter((one) => !leaving.includes(one))
      const unheardOf = new RegExp([...secrets, 'Retired \\d+'].join('|'), 'g')

      const people = [owner, ...members, ...guests]
      for (let n = 0; n < crowd; n++)
        clients.push(new CrowdClient(place, people[n % people.length] as Account, unheardOf))
      const runs = clients.map((client) => client.run())
      await soon(
        () => expect(clients.filter(({ connections }) => connections > 0)).toHaveLength(crowd),
        300_000,
      )

      const isGuest = ({ account }: CrowdClient) => guests.includes(account)
      const guestClients = clients.filter(isGuest)
      const memberClients = clients.filter((client) => !isGuest(client))
      /** Each of them looks at one of the retired tasks; of each task somebody is told who does. */
      const lookAtRetired = async (these: readonly CrowdClient[]) => {
        these.forEach((client, n) => {
          client.look(retired[n % taken] as string)
        })
        await soon(() => {
          const told = retired.filter((id) => these.some(({ heard }) => heard.lookers.has(id)))
          expect(told).toEqual(retired)
        })
      }
      await soon(() => {
        const shown = guestClients.map(({ tasks: own }) => retired.filter((id) => own.has(id)))
        expect(shown).toEqual(guestClients.map(() => retired))
      })
      await lookAtRetired(guestClients)
      await withGuests((path) => place.insist(owner, 'DELETE', path))
      await lookAtRetired(memberClients)

      let done = 0
      const editing = times(editors, async () => {
        while (done < edits) {
          const n = done++
          const taskId = pick(all)
          if (n % 25 === 0) {
            const path = `tasks/${pick(tasks)}/shares/${pick(guests).id}`
            await place.insist(owner, 'PUT', path, { level: 'view' })
          } else if (n % 25 === 12) {
            await place.insist(owner, 'DELETE', `tasks/${pick(tasks)}/shares/${pick(guests).id}`)
          } else if (n % 25 === 6) {
            const { name, id } = pick(remaining)
            await place.insist(owner, 'POST', `tasks/${taskId}/comments`, { body: `@[${name}](${id})` })
          } else {
            const title = `${retired.includes(taskId) ? 'Retired' : 'Title'} ${n}`
            await place.insist(owner, 'PATCH', `tasks/${taskId}`, { title })
          }
        }
      })
      const reached = (part: number) => soon(() => expect(done).toBeGreaterThanOrEqual(edits * part), 600_000)
      let isEditing = true
      const cutting = (async () => {
        while (isEditing) {
          pick(clients).cut()
          // Whoever may not see it is refused.
          pick(clients).look(pick(all))
          await delay(300)
        }
      })()

      await reached(0.3)
      await place.restart()
      await reached(0.5)
      const gone = clients.filter(({ account }) => leaving.includes(account))
      // Who is not back yet since the restart has no connection that could be closed.
      // One by one: some are always being cut off.
      await Promise.all(gone.map((client) => soon(() => expect(client.isConnected).toBe(true), 300_000)))
      const suspendedAt: number[] = []
      for (const one of leaving) {
        await place.insist(owner, 'POST', `members/${one.id}/suspend`, {})
        suspendedAt.push(performance.now())
      }
      await reached(0.7)
      await place.restart()
      await Promise.all(editing)
      isEditing = false
      await cutting

      const head = async (): Promise<number> => {
        const first = await place.insist(owner, 'GET', 'changes')
        await delay(500)
        const second = await place.insist(owner, 'GET', 'changes')
        expect(second.body.upTo).toBe(first.body.upTo)
        return Number(second.body.upTo)
      }
      const last = await soon(head)
      const staying = clients.filter((client) => !gone.includes(client))
      await soon(() => {
        const behind = staying.filter(({ known }) => known !== last).map(({ known }) => known)
        expect(behind).toEqual([])
      }, 300_000)
      await Promise.all(staying.map((client) => client.settled()))

      const expected = new Map<string, Record<string, unknown>>()
      for (const person of people.filter((one) => !leaving.includes(one))) {
        const shown = await Promise.all(
          all.map(async (id) => {
            const { status, body } = await place.insist(person, 'GET', `tasks/${id}`).catch(() => ({
              status: 404,
              body: undefined,
            }))
            return status === 200 ? [[id, { version: body.version, title: body.title }]] : []
          }),
        )
        expected.set(person.id, Object.fromEntries(shown.flat()))
      }
      for (const client of staying)
        expect(Object.fromEntries(client.tasks), client.account.name).toEqual(expected.get(client.account.id))

      const taking = new Map<string, Map<string, number>>()
      for (const id of retired) taking.set(id, await unsharedAt(place, owner, id))
      for (const { account, heard, tasks: own } of guestClients) {
        expect([...heard.secrets], account.name).toEqual([])
        expect(
          secrets.filter((id) => heard.lastOf.has(id) || heard.lookers.has(id)),
          account.name,
        ).toEqual([])
        // The last that was told of a retired task is that it is to be forgotten.
        const ofRetired = (numbers: ReadonlyMap<string, number>) => retired.map((id) => numbers.get(id))
        const takenAt = retired.map((id) => taking.get(id)?.get(account.id) as number)
        expect(ofRetired(heard.lastOf), account.name).toEqual(takenAt)
        expect(ofRetired(heard.hiddenAt), account.name).toEqual(takenAt)
        expect(
          retired.filter((id) => own.has(id)),
          account.name,
        ).toEqual([])
        // Others than guests have looked at them only since; at what nothing was told of nobody is said to look.
        const lookers = new Set(retired.flatMap((id) => [...(heard.lookers.get(id) ?? [])]))
        expect(
          [...lookers].filter((id) => !guests.some((guest) => guest.id === id)),
          account.name,
        ).toEqual([])
        expect(
          [...heard.lookers.keys()].filter((id) => !heard.lastOf.has(id)),
          account.name,
        ).toEqual([])
      }
      // What guests have not heard was there to be heard.
      for (const { heard } of staying.filter(({ account }) => account === owner)) {
        expect([...heard.secrets]).toEqual(
          expect.arrayContaining([...secrets, expect.stringMatching(/^Retired /)]),
        )
        for (const id of retired)
          expect(heard.lastOf.get(id)).toBeGreaterThan(Math.max(...(taking.get(id)?.values() ?? [])))
      }

      for (const person of people) {
        // Nobody tells those who have left of anything, and they have no inbox any more.
        const inbox = leaving.includes(person) ? [] : await place.all(person, 'notifications')
        const ids = new Set(inbox.map(({ id }) => id))
        const told = clients
          .filter(({ account }) => account === person)
          .flatMap(({ heard }) => [...heard.notificationIds])
        expect(
          told.filter((id) => !ids.has(id)),
          person.name,
        ).toEqual([])
      }
      const notices = new Set(clients.flatMap(({ heard }) => [...heard.notificationIds])).size
      expect(notices).toBeGreaterThan(0)
      gone.forEach((client) => {
        const since = suspendedAt[leaving.indexOf(client.account)] as number
        expect(client.refused).toBe(1)
        expect((client.closedAt ?? Number.POSITIVE_INFINITY) - since).toBeLessThan(closedWithinMs)
        expect(client.frameTimes.filter((time) => time > since + closedWithinMs)).toEqual([])
      })
      const busiest = Math.max(
        ...clients.map(({ frameTimes }) =>
          Math.max(
            0,
            ...frameTimes.map((from, n) => {
              const end = frameTimes.findIndex((time, m) => m >= n && time >= from + 1_000)
              return (end === -1 ? frameTimes.length : end) - n
            }),
          ),
        ),
      )
      const sum = (count: (client: CrowdClient) => number) =>
        clients.reduce((total, client) => total + count(client), 0)
      console.table({
        live: {
          clients: crowd,
          edits,
          sequence: last,
          connections: sum(({ connections }) => connections),
          frames: sum(({ frameTimes }) => frameTimes.length),
          gaps: sum(({ gaps }) => gaps),
          notices,
          'most frames in a second': busiest,
          'closed after ms': Math.round(
            Math.max(
              ...gone.map(
                ({ account, closedAt = 0 }) => closedAt - Number(suspendedAt[leaving.indexOf(account)]),
              ),
            ),
          ),
        },
      })
      expect(busiest).toBeLessThanOrEqual(4)
      for (const client of clients) client.end()
      await Promise.all(runs)
    } finally {
      for (const client of clients) client.end()
      await place.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  1_500_000,
)
