import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import type { NamedKind } from '../hostile/idFields.ts'
import {
  type Code,
  codeOf,
  codeOfAll,
  type Expectation,
  expectedOf,
  type Relation,
  type Right,
} from './expectations.ts'
import { type Field, fieldsOf, mainOf, placeOf } from './fields.ts'
import { otherFormsOf, placesOf } from './forms.ts'
import { type Insider, isInsider, type Persona, personas } from './personas.ts'
import { makers, type Place } from './stage.ts'

/** What stands in a place instead of the id of an ordinary request. */
type Swap = 'random' | 'foreign' | 'sibling'

/** One request of somebody, and how it must be answered. */
export interface Cell {
  readonly persona: Persona
  readonly place: Place
  readonly swap?: { readonly field: Field; readonly by: Swap }
  readonly expected: Code
  /** The place in which a random id must be answered to the letter like this. */
  readonly like?: Field
}

/** What is of a task or project, and nowhere else. */
const parts: readonly NamedKind[] = [
  'checklistItem',
  'timeEntry',
  'attachment',
  'comment',
  'reminder',
  'customField',
  'column',
]

const relationsOf = ({ about }: Expectation): readonly Relation[] => {
  if (about === 'task') return ['mine', 'home', 'other']
  if (about === 'project') return ['home', 'other']
  return makers.includes(about) ? ['mine', 'home'] : ['home']
}
const baseOf = (row: Expectation): Relation => (relationsOf(row).includes('mine') ? 'mine' : 'home')

/** Everybody but insiders: whoever they are, the target plays no part. */
const strangerCode = (row: Expectation, persona: Exclude<Persona, Insider>, isHome: boolean): Code => {
  if (persona === 'anonymous' || persona === 'signedOut') return 'a'
  const isBearer = persona === 'fullToken' || persona === 'wrongScope' || persona === 'boundElsewhere'
  if (isBearer && row.group === null) return 'a'
  return persona === 'wrongScope' && isHome ? 's' : 'n'
}

const wholeCode = (row: Expectation, persona: Persona, place: Place): Code => {
  if (place === 'away') {
    if (persona === 'elsewhere') return 'y'
    return isInsider(persona) ? 'n' : strangerCode(row, persona, false)
  }
  if (isInsider(persona)) return expectedOf(row, persona, place)
  if (persona === 'fullToken' && row.group !== null) return expectedOf(row, 'owner', place)
  return strangerCode(row, persona, true)
}

/** As whom a persona is judged where the target matters. */
const judgedAs = (persona: Persona): Insider | undefined => {
  if (persona === 'fullToken') return 'owner'
  return isInsider(persona) ? persona : undefined
}

const judged = (by: Right | Code, insider: Insider, relation: Relation): Code =>
  by.length === 1 ? (by as Code) : codeOf(by as Right, insider, relation)

const absentCode = (row: Expectation, insider: Insider, { where, pointer }: Field): Code =>
  judged(row.absent?.[pointer] ?? (where === 'params' ? 'n' : 'b'), insider, 'home')

/** The code of an id that names nothing in its place. */
const nothingCode = (row: Expectation, insider: Insider, field: Field, main: Field | undefined): Code => {
  if (field.kind === 'workspace') return 'n'
  if (field !== main) {
    const instead = row.instead?.[field.pointer]
    const base = instead ? codeOfAll(instead, insider, baseOf(row)) : expectedOf(row, insider, baseOf(row))
    return base === 'y' ? absentCode(row, insider, field) : base
  }
  if (row.about === 'task' || makers.includes(row.about)) {
    return judged(row.absent?.[field.pointer] ?? 'n', insider, 'home')
  }
  // Roles alone decide there, whatever is named.
  const right = row.about === 'member' ? ['member.edit' as const] : row.needs
  const code = row.about === 'project' ? expectedOf(row, insider, 'other') : codeOfAll(right, insider, 'home')
  return code === 'y' ? 'n' : code
}

/** The code of what stands in the other project; `undefined` where it is as good as nothing. */
const siblingCode = (row: Expectation, insider: Insider, { kind, pointer }: Field): Code | undefined => {
  const right = row.beside?.[pointer] ?? (kind === 'project' ? 'project.addTask' : 'task.read')
  const code = judged(right, insider, 'other')
  return code === 'n' ? undefined : code
}

const swapsIn = (field: Field, main: Field | undefined): readonly Swap[] => {
  const isBeside = field !== main && (field.kind === 'task' || field.kind === 'project')
  return parts.includes(field.kind) || isBeside ? ['random', 'foreign', 'sibling'] : ['random', 'foreign']
}

const swapCell = (row: Expectation, persona: Persona, field: Field, by: Swap, main: Field | undefined) => {
  const place = baseOf(row)
  const swap = { field, by }
  const insider = row.group === null && persona === 'fullToken' ? undefined : judgedAs(persona)
  if (insider === undefined) {
    const isHome = field.kind !== 'workspace'
    const expected = strangerCode(row, persona as Exclude<Persona, Insider>, isHome)
    return { persona, place, swap, expected, like: field }
  }
  const nothing = nothingCode(row, insider, field, main)
  const isPart = parts.includes(field.kind) && row.beside?.[field.pointer] === undefined
  const base = expectedOf(row, insider, place)
  // Where the ordinary request names the wrong thing beside its target, the sibling may be the right one.
  if (by !== 'sibling' || isPart || (base !== 'y' && base !== 'b')) {
    return { persona, place, swap, expected: nothing, like: field }
  }
  const code = siblingCode(row, insider, field)
  return code === undefined
    ? { persona, place, swap, expected: nothing, like: field }
    : { persona, place, swap, expected: code }
}

/** The cells of a route, from what is required of it. */
export const cellsOf = (route: RouteDeclaration, row: Expectation): Cell[] => {
  const all = fieldsOf(route)
  const main = mainOf(row.about, all)
  const ofOthers = new Set(otherFormsOf(row).flatMap(placesOf))
  const fields = all.filter((field) => field === main || !ofOthers.has(placeOf(field)))
  const workspace = fields.find(({ kind, where }) => kind === 'workspace' && where === 'params')
  const further = fields.find(({ kind, where }) => where === 'params' && kind === 'invitation')
  const likeOf = (persona: Persona, place: Place, code: Code): { like?: Field } => {
    if (code !== 'n') return {}
    const isInside = judgedAs(persona) !== undefined && place !== 'away'
    const like = isInside ? main : workspace
    return like === undefined ? {} : { like }
  }
  const wholes = [...relationsOf(row), 'away' as const].flatMap((place) =>
    personas.map((persona): Cell => {
      const expected = wholeCode(row, persona, place)
      return { persona, place, expected, ...likeOf(persona, place, expected) }
    }),
  )
  const swapped = fields.flatMap((field) =>
    swapsIn(field, main).flatMap((by) =>
      personas
        // In their own workspace: `away`.
        .filter((persona) => !(field === workspace && by === 'foreign' && persona === 'elsewhere'))
        .map((persona): Cell => swapCell(row, persona, field, by, main)),
    ),
  )
  return [...wholes, ...swapped, ...crossing(fields, main ?? further, workspace)]
}

/** The owner of the other workspace goes through their own door to what stands in this one. */
const crossing = (
  fields: readonly Field[],
  main: Field | undefined,
  workspace: Field | undefined,
): Cell[] => {
  if (workspace === undefined || main?.where !== 'params' || !fields.includes(main)) return []
  const swap = { field: workspace, by: 'foreign' as const }
  return [{ persona: 'elsewhere', place: 'home', swap, expected: 'n', like: main }]
}
