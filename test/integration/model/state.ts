import { isDeepStrictEqual } from 'node:util'
import type { LinkKind, Priority, Status } from '../../../shared/api/schemas/task.ts'

export interface Item {
  readonly text: string
  readonly done: boolean
  /** Where it stands among the others. */
  readonly place: number
}

/** What a task is, as the API describes it. */
export interface State {
  readonly title: string
  readonly status: Status
  readonly priority: Priority
  /** A day. */
  readonly due: string | null
  readonly estimateMinutes: number | null
  readonly assigneeIds: readonly string[]
  readonly tags: readonly string[]
  /** The day that the daily rule gave, of a task that recurs. */
  readonly recurrence: string | null
  readonly projectId: string
  readonly key: string
  readonly parentId: string | null
  readonly links: Readonly<Record<string, LinkKind>>
  /** Where it stands in each of its projects. */
  readonly places: Readonly<Record<string, number>>
  readonly columns: Readonly<Record<string, string>>
  readonly checklist: Readonly<Record<string, Item>>
  readonly time: Readonly<Record<string, number>>
  readonly completed: boolean
  /** Whose archiving took it along, its own id when it went by itself; likewise for the trash. */
  readonly archived: string | null
  readonly trashed: string | null
  readonly successorId: string | null
}

export const blank = {
  title: '',
  status: 'open',
  priority: 'none',
  due: null,
  estimateMinutes: null,
  assigneeIds: [],
  tags: [],
  recurrence: null,
  key: '',
  parentId: null,
  links: {},
  columns: {},
  checklist: {},
  time: {},
  completed: false,
  archived: null,
  trashed: null,
  successorId: null,
} as const satisfies Partial<State>

const maps = ['links', 'places', 'columns', 'checklist', 'time'] as const satisfies readonly (keyof State)[]
type MapName = (typeof maps)[number]
type Entries = Readonly<Record<string, unknown>>

const isMap = (name: keyof State): name is MapName => maps.some((map) => map === name)

/** Paths at which two states differ: fields, and entries of maps (`links/tsk_…`). */
export const pathsBetween = (before: State, after: State): string[] =>
  (Object.keys(after) as (keyof State)[]).flatMap((name) => {
    if (!isMap(name)) return isDeepStrictEqual(before[name], after[name]) ? [] : [name]
    const [old, now]: Entries[] = [before[name], after[name]]
    const ids = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])]
    return ids.filter((id) => !isDeepStrictEqual(old?.[id], now?.[id])).map((id) => `${name}/${id}`)
  })

export const valueIn = (state: State, path: string): unknown => {
  const [name, id] = path.split('/') as [keyof State, string?]
  return id === undefined ? state[name] : (state[name] as Entries)[id]
}

/** The state with another value at a path; `undefined` takes an entry out. */
export const put = (state: State, path: string, value: unknown): State => {
  const [name, id] = path.split('/') as [keyof State, string?]
  if (id === undefined) return { ...state, [name]: value }
  const { [id]: _, ...others } = state[name] as Entries
  return { ...state, [name]: value === undefined ? others : { ...others, [id]: value } }
}
