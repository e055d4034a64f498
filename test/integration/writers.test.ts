import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { positionTask } from '../../shared/api/routes/boards.ts'
import { editChecklistItem } from '../../shared/api/routes/checklists.ts'
import { getProject } from '../../shared/api/routes/projects.ts'
import { linkTask, setTaskParent } from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import type { TaskRow } from '../../shared/api/schemas/task.ts'
import { compareRanked, maxRankLength } from '../../shared/domain/order/rank.ts'
import type { Task } from '../../shared/domain/tasks/task.ts'
import type { Reply, Someone } from '../support/app.ts'
import { type DetailTeam, startDetailTeam } from './details/detailTeam.ts'

const writers = 50

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const send = (who: Someone, route: RouteDeclaration, params: object, body: unknown, headers = {}) =>
  team.app.call(who, route, { params: { workspaceId: team.workspaceId, ...params }, body, headers })

const strongly = async (taskId: string): Promise<Task> => {
  const task = await team.app.stores.tasks.task(team.workspaceId, taskId)
  if (task === undefined) throw new Error(`no task ${taskId}`)
  return task
}

/** All pages of a list. */
const listed = async (projectId: string, query: Record<string, string>): Promise<TaskRow[]> => {
  const rows: TaskRow[] = []
  let next: Record<string, string> | undefined = query
  while (next !== undefined) {
    const params = { workspaceId: team.workspaceId, projectId }
    const { body } = await team.app.call(team.owner, tasks.listProjectTasks, { params, query: next })
    rows.push(...body.items)
    next = body.next && Object.fromEntries(new URL(body.next, 'https://x').searchParams)
  }
  return rows
}

/** The whole history of a task, oldest first. */
const historyOf = async (taskId: string) => {
  const { items } = await team.app.stores.records.history(team.workspaceId, taskId, 10_000)
  return [...items].reverse()
}

/** Lets the stream consumer run along until the work is done, and then come to rest. */
const followed = async <Result>(work: Promise<Result>): Promise<Result> => {
  let isDone = false
  const result = work.finally(() => {
    isDone = true
  })
  while (!isDone) await team.app.drain()
  await team.app.drain()
  return result
}

/** One operation that was answered, and what its history line has to say. */
interface Operation {
  readonly who: Someone
  readonly taskId: string
  readonly field: string
  readonly to?: unknown
  readonly reply: Reply
}

describe('fifty writers on one task and on one column, a thousand operations', () => {
  let operations: Operation[]
  let projectId: string
  let column: { id: string; status: string }
  let all: string[]
  let shared: string

  beforeAll(async () => {
    projectId = await team.addProject('BUSY')
    const params = { workspaceId: team.workspaceId, projectId }
    const project = await team.app.call(team.owner, getProject, { params })
    column = project.body.columns.find(({ status }: { status: string }) => status === 'in_progress')
    const people = await Promise.all(Array.from({ length: writers }, () => team.colleague('manager')))
    const checklist = people.map((_, n) => ({ text: `Item of ${n}`, done: false }))
    const first = await team.create({ title: 'Everybody works on this', checklist }, projectId)
    shared = first.body.id
    const items: { id: string }[] = first.body.checklist
    all = [shared]
    for (let n = 1; n < writers; n++) {
      all.push((await team.create({ title: `Card ${n}` }, projectId)).body.id)
      team.app.clock.now += 1_000
    }

    const fields = ['title', 'description', 'estimateMinutes', 'priority'] as const
    const edit = async (who: Someone, n: number, turn: number): Promise<Operation> => {
      const field = fields[(n + turn) % 3] ?? 'title'
      const to = field === 'estimateMinutes' ? 1 + n * 100 + turn : `${n}: ${turn}`
      const reply = await send(who, tasks.editTask, { taskId: shared }, { [field]: to })
      return { who, taskId: shared, field, to, reply }
    }
    const tick = async (who: Someone, n: number, turn: number): Promise<Operation> => {
      const itemId = items[n]?.id ?? ''
      const body = { text: `Turn ${turn}` }
      const reply = await send(who, editChecklistItem, { taskId: shared, itemId }, body)
      return { who, taskId: shared, field: `checklist/${itemId}`, reply }
    }
    let front = all[2] ?? ''
    /** Everybody wants a card to stand right behind the second, in front of the one that came there last. */
    const move = async (who: Someone, n: number, turn: number): Promise<Operation> => {
      const taskId = all[turn % 10 === 0 ? 0 : 3 + ((n * 7 + turn) % (all.length - 3))] ?? ''
      const body = {
        projectId,
        columnId: column.id,
        after: all[1],
        before: front === taskId ? all[2] : front,
      }
      const reply = await send(who, positionTask, { taskId }, body)
      if (reply.status === 200) front = taskId
      return { who, taskId, field: `ranks/${projectId}`, reply }
    }
    const work = people.map(async (who, n) => {
      const done: Operation[] = []
      for (let turn = 0; turn < 20; turn++) {
        done.push((await [move, tick, move, edit][(turn + (n % 2)) % 4]?.(who, n, turn)) as Operation)
      }
      return done
    })
    operations = (await followed(Promise.all(work))).flat()
  }, 240_000)

  test('each is answered, and nearly all are accepted: refused only while the place is put in order', async () => {
    expect(operations).toHaveLength(1_000)
    const counts = Object.groupBy(operations, ({ reply }) => String(reply.status))
    expect(Object.keys(counts).filter((status) => !['200', '409'].includes(status))).toEqual([])
    expect(counts['200']?.length).toBeGreaterThan(900)
  })

  test('each that was accepted stands in a history without gaps, by whom it was and with what it said', async () => {
    const accepted = operations.filter(({ reply }) => reply.status === 200)
    let unmoved = 0
    for (const taskId of all) {
      const history = await historyOf(taskId)
      const { version } = await strongly(taskId)
      expect(history.map(({ taskVersion }) => taskVersion)).toEqual(
        Array.from({ length: version }, (_, n) => n + 1),
      )
      // A card that is put where it stands already may draw the very place it has: nothing is written then.
      const isWritten = ({ who, field, reply }: Operation) => {
        const line = history[reply.body.version - 1]
        return !field.startsWith('ranks/') || line?.by === who.userId
      }
      const own = accepted.filter((operation) => operation.taskId === taskId && isWritten(operation))
      unmoved += accepted.filter((operation) => operation.taskId === taskId).length - own.length
      expect(new Set(own.map(({ reply }) => reply.body.version)).size).toBe(own.length)
      expect(version).toBe(1 + own.length)
      for (const { who, field, to, reply } of own) {
        const line = history[reply.body.version - 1]
        expect(line?.by).toBe(who.userId)
        const change = line?.changes.find((one) => one.field === field)
        expect(change).toBeDefined()
        if (to !== undefined) expect(change?.to).toBe(to)
      }
    }
    // One of some 256 places is drawn.
    expect(unmoved).toBeLessThan(20)
  })

  test('nothing is lost: what stands in the end is what each wrote last', async () => {
    const task = await strongly(shared)
    const history = await historyOf(shared)
    const last = new Map(history.flatMap(({ changes }) => changes.map(({ field, to }) => [field, to])))
    for (const field of ['title', 'description', 'estimateMinutes'] as const) {
      expect(task[field]).toBe(last.get(field))
    }
    expect(Object.values(task.checklist)).toHaveLength(writers)
    for (const [id, item] of Object.entries(task.checklist)) expect(item).toEqual(last.get(`checklist/${id}`))
  })

  test('the column has one order, that of ranks and ids, and each card once', async () => {
    const states = await Promise.all(all.map(strongly))
    const ranked = states.map(({ id, status, ranks }) => ({ id, status, rank: ranks[projectId] ?? '' }))
    const order = ranked.toSorted(compareRanked)
    const rows = await listed(projectId, { sort: 'rank', direction: 'asc', limit: '20' })
    expect(rows.map(({ id }) => id)).toEqual(order.map(({ id }) => id))
    const inColumn = await listed(projectId, {
      sort: 'rank',
      direction: 'asc',
      limit: '20',
      status: column.status,
    })
    expect(inColumn.map(({ id }) => id)).toEqual(
      order.filter(({ status }) => status === column.status).map(({ id }) => id),
    )
    expect(inColumn.length).toBeGreaterThan(writers / 2)
    for (const row of inColumn) expect(row.columns[projectId]).toBe(column.id)
    expect(Math.max(...ranked.map(({ rank }) => rank.length))).toBeLessThanOrEqual(maxRankLength)
  })
})

describe('fifty writers who would close circles', () => {
  /** Whether somebody who follows these edges comes back to where they were. */
  const hasCircle = (edges: ReadonlyMap<string, readonly string[]>): boolean => {
    const done = new Set<string>()
    const visit = (id: string, path: ReadonlySet<string>): boolean => {
      if (path.has(id)) return true
      if (done.has(id)) return false
      const found = (edges.get(id) ?? []).some((next) => visit(next, new Set([...path, id])))
      done.add(id)
      return found
    }
    return [...edges.keys()].some((id) => visit(id, new Set()))
  }

  /** Every writer goes once around a ring of tasks, and across. */
  const around = async (size: number, write: (from: string, to: string, n: number) => Promise<Reply>) => {
    const ring: string[] = []
    for (let n = 0; n < size; n++) ring.push(await team.addTask({ title: `Ring ${n}` }))
    const at = (n: number) => ring[n % size] ?? ''
    const work = Array.from({ length: writers }, async (_, n) => [
      await write(at(n), at(n + 1), n),
      await write(at(n), at(n + 3), n),
    ])
    const replies = (await followed(Promise.all(work))).flat()
    return { ring, statuses: replies.map(({ status }) => status) }
  }

  test('with dependencies: some are refused, and no circle stands in the end', async () => {
    const kinds = ['blocks', 'blockedBy'] as const
    const { ring, statuses } = await around(10, (from, to, n) => {
      const [taskId, otherTaskId] = n % 2 === 0 ? [from, to] : [to, from]
      return send(team.owner, linkTask, { taskId, otherTaskId }, { kind: kinds[n % 2] })
    })
    expect(new Set(statuses)).toEqual(new Set([200, 400]))
    const states = await Promise.all(ring.map(strongly))
    const edges = states.map(({ id, links }) => {
      const targets = Object.entries(links).filter(([, kind]) => kind === 'blocks')
      return [id, targets.map(([to]) => to)] as const
    })
    expect(hasCircle(new Map(edges))).toBe(false)
    // Nine of the ten steps around the ring fit without a circle, whatever came first.
    expect(edges.flatMap(([, targets]) => targets).length).toBeGreaterThanOrEqual(9)
    for (const { id, links } of states) {
      for (const [to, kind] of Object.entries(links)) {
        const inverse = (await strongly(to)).links[id]
        expect([kind, inverse].toSorted()).toEqual(['blockedBy', 'blocks'])
      }
    }
  }, 120_000)

  test('with tasks under one another: some are refused, and all hang from the top, with the paths to show it', async () => {
    const { ring, statuses } = await around(7, (from, to) =>
      send(team.owner, setTaskParent, { taskId: from }, { parentId: to }),
    )
    expect(statuses.filter((status) => ![200, 400].includes(status))).toEqual([])
    expect(statuses).toContain(400)
    const states = await Promise.all(ring.map(strongly))
    const edges = new Map(states.map(({ id, parentId }) => [id, parentId === null ? [] : [parentId]]))
    expect(hasCircle(edges)).toBe(false)
    expect(states.some(({ parentId }) => parentId !== null)).toBe(true)
    const above = (id: string): string[] => (edges.get(id) ?? []).flatMap((up) => [...above(up), up])
    for (const { id, ancestorIds } of states) expect(ancestorIds).toEqual(above(id))
  }, 120_000)
})
