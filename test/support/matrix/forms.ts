import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { Request } from '../app.ts'
import type { Expectation } from './expectations.ts'
import { fieldsOf, placeOf } from './fields.ts'

/** A form of a route's body that is the request of another route. */
export interface OtherForm {
  /** The member that holds the other route's body; ids of its path stand beside it. */
  readonly member: string
  readonly of: RouteDeclaration
}

export const otherFormsOf = ({ otherForms = {} }: Expectation): OtherForm[] =>
  Object.entries(otherForms).map(([member, name]) => {
    const of = routes.find((route) => route.name === name)
    if (of === undefined) throw new Error(`no route ${name}`)
    return { member, of }
  })

/** A request of the other route, in this form. */
export const inForm =
  ({ member }: OtherForm) =>
  ({ params: { workspaceId, ...named } = {}, body }: Request): Request => ({
    params: { workspaceId: String(workspaceId) },
    body: { ...named, [member]: body },
  })

/** Where the ids of such a form stand. */
export const placesOf = ({ member, of }: OtherForm): string[] =>
  fieldsOf(of)
    .filter(({ pointer }) => pointer !== '/workspaceId')
    .map(({ where, pointer }) =>
      placeOf({ where: 'body', pointer: where === 'params' ? pointer : `/${member}${pointer}` }),
    )
