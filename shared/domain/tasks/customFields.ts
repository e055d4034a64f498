import { userId } from '../../api/schemas/ids.ts'
import type { CustomField } from '../../api/schemas/project.ts'
import type { CustomValue } from '../../api/schemas/task.ts'
import { date } from '../../api/schemas/time.ts'
import { invalidField } from '../failure.ts'
import type { Projects, Workspaces } from '../ports.ts'
import type { DeclaredField, Project } from '../projects/project.ts'
import type { Member } from '../workspaces/workspace.ts'

interface Naming {
  readonly customFields?: Readonly<Record<string, CustomValue | null>> | undefined
}

/** What the fields that bodies name are, and whom their values name. */
export interface Declared {
  readonly fields: ReadonlyMap<string, DeclaredField | undefined>
  readonly people: ReadonlyMap<string, Member | undefined>
}

const lookUp = async <Found>(ids: readonly string[], find: (id: string) => Promise<Found>) => {
  const different = [...new Set(ids)]
  const found = await Promise.all(different.map(find))
  return new Map(different.map((id, index) => [id, found[index] as Found]))
}

/**
 * Declarations of all fields that bodies name. Only they say which values are people; but these have to travel in
 * the same request to the table, so whatever looks like the id of a person is looked up as one.
 */
export const fieldsIn = async (
  bodies: readonly Naming[],
  workspaceId: string,
  stores: {
    readonly projects: Pick<Projects, 'field'>
    readonly workspaces: Pick<Workspaces, 'member'>
  },
): Promise<Declared> => {
  const values = bodies.flatMap(({ customFields = {} }) => Object.entries(customFields))
  const people = values.flatMap(([, value]) => userId.safeParse(value).data ?? [])
  const [fields, members] = await Promise.all([
    lookUp(
      values.map(([id]) => id),
      (id) => stores.projects.field(workspaceId, id),
    ),
    lookUp(people, (id) => stores.workspaces.member(workspaceId, id)),
  ])
  return { fields, people: members }
}

const dateProblem = (value: CustomValue): string | undefined => {
  if (typeof value !== 'string') return 'must be a date such as 2026-02-28'
  return date.safeParse(value).error?.issues[0]?.message
}

/** What keeps a value from being one of a field, by its type. */
const problems: Record<
  CustomField['type'],
  (value: CustomValue, field: CustomField, people: Declared['people']) => string | undefined
> = {
  text: (value) => (typeof value === 'string' ? undefined : 'must be text'),
  number: (value) => (typeof value === 'number' ? undefined : 'must be a number'),
  date: dateProblem,
  choice: (value, { options }) =>
    options.some((option) => option === value) ? undefined : `must be one of ${options.join(', ')}`,
  person: (value, _field, people) =>
    people.get(String(value)) === undefined ? 'must be a member of this workspace' : undefined,
}

const problemOf = (
  value: CustomValue | null,
  field: DeclaredField | undefined,
  people: Declared['people'],
): string | undefined => {
  if (value === null) return field?.required ? 'must keep a value: the field is required' : undefined
  if (field === undefined) return "must be a field of one of the task's projects"
  return problems[field.type](value, field, people)
}

/** The projects a task stands in, and the values it has; of a new task none. */
interface Standing {
  readonly projectId: string
  readonly ranks?: Readonly<Record<string, string>>
  readonly customFields?: Readonly<Record<string, CustomValue>>
}

/**
 * Values must be of fields of the task's projects, and of their types; what stands in the task already may stay, and
 * may be cleared, whatever has become of its field.
 * @throws Failure `invalid-request` at `/customFields/{fieldId}`
 */
export const checkCustomFields = (
  { customFields = {} }: Naming,
  { fields, people }: Declared,
  { projectId, ranks = {}, customFields: present = {} }: Standing,
): void => {
  for (const [id, value] of Object.entries(customFields)) {
    if (value === (present[id] ?? null)) continue
    const declared = fields.get(id)
    const isHere = declared !== undefined && (declared.projectId === projectId || declared.projectId in ranks)
    const problem = problemOf(value, isHere ? declared : undefined, people)
    if (problem !== undefined) throw invalidField(`/customFields/${id}`, problem)
  }
}

/** A new task has all that its project requires. */
export const requireFields = (
  { customFields: values = {} }: Naming,
  { customFields }: Pick<Project, 'customFields'>,
): void => {
  const missing = customFields.find(({ id, required }) => required && (values[id] ?? null) === null)
  if (missing !== undefined)
    throw invalidField(`/customFields/${missing.id}`, 'must have a value: the field is required')
}
