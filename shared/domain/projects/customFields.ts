import type { CustomField, CustomFieldCreate, CustomFieldPatch } from '../../api/schemas/project.ts'
import { existing, Failure, invalidField } from '../failure.ts'
import type { Created, Written } from '../ports.ts'
import type { RequestMark } from '../tasks/task.ts'
import type { Project } from './project.ts'

/** Writes of a project together with one of its fields; each loses to any write of the project meanwhile. */
export interface CustomFields {
  /** A creation that ran before under this key, with the project that it left. */
  ran(userId: string, key: string): Promise<{ payload: string; entity: Project } | undefined>
  add(project: Project, field: CustomField, mark: RequestMark | null): Promise<Created<Project>>
  replace(project: Project, field: CustomField): Promise<Written<Project>>
  remove(project: Project, fieldId: string): Promise<Written<Project>>
}

const mostFields = 50
/** Options of all choices of a project together: they travel with it wherever it is read. */
const mostOptions = 500

const folded = (name: string): string => name.toLowerCase()

const checkOptions = ({ type, options }: CustomField): void => {
  if (type === 'choice' && options.length === 0)
    throw invalidField('/options', 'must name at least one: the field is a choice')
  if (type !== 'choice' && options.length > 0)
    throw invalidField('/options', 'must be left out: only a choice has options')
}

const checkLimits = (fields: readonly CustomField[]): void => {
  if (fields.length > mostFields)
    throw new Failure('conflict', `A project has at most ${mostFields} custom fields: delete one first.`)
  if (fields.flatMap(({ options }) => options).length > mostOptions)
    throw new Failure('conflict', `The choices of a project have at most ${mostOptions} options together.`)
}

const accepted = (field: CustomField, others: readonly CustomField[]): CustomField => {
  if (others.some(({ name }) => folded(name) === folded(field.name)))
    throw invalidField('/name', 'must differ from the names of the other fields of this project')
  checkOptions(field)
  checkLimits([...others, field])
  return field
}

/** The fields with a new one behind them. */
export const withField = (
  fields: readonly CustomField[],
  id: string,
  body: CustomFieldCreate,
): readonly CustomField[] => [...fields, accepted({ id, ...body }, fields)]

export const fieldOf = (fields: readonly CustomField[], id: string): CustomField =>
  existing(fields.find((one) => one.id === id))

/** The fields with one of them edited, in their order. */
export const withEdited = (
  fields: readonly CustomField[],
  id: string,
  { name, options, required }: CustomFieldPatch,
): readonly CustomField[] => {
  const before = fieldOf(fields, id)
  const edited = {
    ...before,
    name: name ?? before.name,
    options: options ?? before.options,
    required: required ?? before.required,
  }
  const others = fields.filter((one) => one.id !== id)
  accepted(edited, others)
  return fields.map((one) => (one.id === id ? edited : one))
}
