import { describe, expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import { pointersOf } from '../../support/hostile/schema.ts'
import type { Expectation } from '../../support/matrix/expectations.ts'
import { fieldsOf, placeOf } from '../../support/matrix/fields.ts'
import { otherFormsOf, placesOf } from '../../support/matrix/forms.ts'
import { openRoutes, ownRows } from '../../support/matrix/ownRows.ts'
import { personas } from '../../support/matrix/personas.ts'
import { cellsOf } from '../../support/matrix/plan.ts'
import { rows } from '../../support/matrix/rows.ts'

const inWorkspaces = routes.filter(({ name }) => rows[name] !== undefined)
const all = inWorkspaces.flatMap((route) => {
  const row = rows[route.name] as Expectation
  return cellsOf(route, row).map((cell) => ({ route, cell }))
})

describe('the authorisation matrix', () => {
  test('has a row for every route, and no other', () => {
    const named = [...Object.keys(rows), ...Object.keys(ownRows), ...openRoutes]
    expect(named.toSorted()).toEqual(routes.map(({ name }) => name).toSorted())
  })

  test.each([
    ['of a workspace', 'member', Object.keys(rows)],
    ['of one’s own account', 'session', Object.keys(ownRows)],
  ])('knows which routes are %s', (_, kind, names) => {
    const declared = routes.filter(({ access }) => access.kind === kind)
    expect(names.toSorted()).toEqual(declared.map(({ name }) => name).toSorted())
  })

  test('has at least 6,000 cells', () => {
    expect(all.length).toBeGreaterThan(6_000)
  })

  test('asks everybody about every route, and about every place that takes an id', () => {
    for (const route of inWorkspaces) {
      const cells = all.filter((one) => one.route === route).map(({ cell }) => cell)
      expect(new Set(cells.map(({ persona }) => persona)), route.name).toEqual(new Set(personas))
      const places = cells.flatMap(({ swap }) => (swap === undefined ? [] : placeOf(swap.field)))
      // `forms.test.ts` asks about those.
      const inForms = otherFormsOf(rows[route.name] as Expectation).flatMap(placesOf)
      expect(new Set([...places, ...inForms]), route.name).toEqual(new Set(fieldsOf(route).map(placeOf)))
    }
  })

  test('knows every member of a request that is an id by its name', () => {
    // An id whose form nobody recognises would go through the matrix unasked.
    const ids = routes.flatMap((route) => {
      const { name, params, query, body } = route
      const known = fieldsOf(route).map(({ pointer }) => pointer)
      const all = [params, query, ...(body === undefined ? [] : [body])].flatMap(pointersOf)
      return all
        .filter((pointer) => /[a-z]Ids?$/.test(pointer))
        .map((pointer) => ({ name, pointer, isKnown: known.some((one) => one.startsWith(pointer)) }))
    })
    expect(ids.length).toBeGreaterThan(200)
    const unknown = ids.filter(({ isKnown }) => !isKnown).map(({ name, pointer }) => `${name} ${pointer}`)
    expect(unknown).toEqual(ofTheCaller)
  })

  test('expects something else of every column than of the others', () => {
    const codes = personas.map((persona) =>
      all
        .filter(({ cell }) => cell.persona === persona && cell.swap === undefined)
        .map(({ cell }) => cell.expected)
        .join(''),
    )
    // Alike are: the owner and their token; whoever is signed out or never was in; whoever was suspended or removed, or
    // comes with a token of another workspace.
    expect(new Set(codes).size).toBe(personas.length - 4)
  })
})

/** What takes `@me` alone. */
const ofTheCaller = ['getTimer /userId']
