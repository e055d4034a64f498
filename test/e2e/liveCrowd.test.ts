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
      const leaving = members.slice(-2)

      const people = [owner, ...members, ...guests]
      for (let n = 0; n < crowd; n++)
        clients.push(new CrowdClient(place, people[n % people.length] as Account))
      const runs = clients.map((client) => client.run())
      await soon(
        () => expect(clients.filter(({ connections }) => connections > 0)).toHaveLength(crowd),
        300_000,
      )

      let done = 0
      const editing = times(editors, async () => {
        while (done < edits) {
          const n = done++
          const taskId = pick([...tasks, ...secrets])
          if (n % 25 === 0) {
            const path = `tasks/${pick(tasks)}/shares/${pick(guests).id}`
            await place.insist(owner, 'PUT', path, { level: 'view' })
          } else if (n % 25 === 12) {
            await place.insist(owner, 'DELETE', `tasks/${pick(tasks)}/shares/${pick(guests).id}`)
          } else await place.insist(owner, 'PATCH', `tasks/${taskId}`, { title: `Title ${n}` })
        }
      })
      const reached = (part: number) => soon(() => expect(done).toBeGreaterThanOrEqual(edits * part), 600_000)
      let isEditing = true
      const cutting = (async () => {
        while (isEditing) {
          pick(clients).cut()
          await delay(300)
        }
      })()

      await reached(0.3)
      await place.restart()
      await reached(0.5)
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
      const gone = clients.filter(({ account }) => leaving.includes(account))
      const staying = clients.filter((client) => !gone.includes(client))
      await soon(() => {
        const behind = staying.filter(({ known }) => known !== last).map(({ known }) => known)
        expect(behind).toEqual([])
      }, 300_000)
      await Promise.all(staying.map((client) => client.settled()))

      const expected = new Map<string, Record<string, unknown>>()
      for (const person of people.filter((one) => !leaving.includes(one))) {
        const all = await Promise.all(
          [...tasks, ...secrets].map(async (id) => {
            const { status, body } = await place.insist(person, 'GET', `tasks/${id}`).catch(() => ({
              status: 404,
              body: undefined,
            }))
            return status === 200 ? [[id, { version: body.version, title: body.title }]] : []
          }),
        )
        expected.set(person.id, Object.fromEntries(all.flat()))
      }
      for (const client of staying)
        expect(Object.fromEntries(client.tasks), client.account.name).toEqual(expected.get(client.account.id))

      const guestClients = staying.filter(({ account }) => guests.includes(account))
      expect(guestClients.flatMap(({ heardOf }) => secrets.filter((id) => heardOf.has(id)))).toEqual([])
      expect(guestClients.some(({ heardOf }) => heardOf.size > 0)).toBe(true)
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
