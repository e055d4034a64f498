import type { CustomField } from '../../api/schemas/project.ts'
import type { CustomValue, TaskRow } from '../../api/schemas/task.ts'
import { invalidField } from '../failure.ts'

/** A custom field and the value it must have; an empty one asks for tasks without a value. */
export interface FieldFilter {
  readonly fieldId: string
  readonly value: string
}

/** Filters of a query: `fld_…:value`, each. */
export const filtersOf = (parts: readonly string[] = []): FieldFilter[] =>
  parts.map((part) => {
    const colon = part.indexOf(':')
    return { fieldId: part.slice(0, colon), value: part.slice(colon + 1).trim() }
  })

const isNumber = (value: string): boolean => value !== '' && Number.isFinite(Number(value))

const fits = (present: CustomValue | undefined, value: string): boolean => {
  if (present === undefined || value === '') return present === undefined && value === ''
  return typeof present === 'number' ? isNumber(value) && Number(value) === present : present === value
}

/** Whether a row passes all of them. */
export const passes =
  (filters: readonly FieldFilter[]) =>
  ({ customFields }: Pick<TaskRow, 'customFields'>): boolean =>
    filters.every(({ fieldId, value }) => fits(customFields[fieldId], value))

/** Filters must be by fields of the project, with values that these can have. */
export const checkFilters = (filters: readonly FieldFilter[], fields: readonly CustomField[]): void => {
  for (const { fieldId, value } of filters) {
    const field = fields.find(({ id }) => id === fieldId)
    if (field === undefined) throw invalidField('?customField', 'must name fields of this project')
    if (field.type === 'number' && value !== '' && !isNumber(value))
      throw invalidField('?customField', 'must be a number where the field is one')
  }
}
