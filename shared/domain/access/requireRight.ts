import type { Action } from '../../api/actions.ts'
import { Failure, notFound } from '../failure.ts'
import type { Member } from '../workspaces/workspace.ts'
import { may, type Target } from './target.ts'

const groupOf = (action: Action): string => action.slice(0, action.indexOf('.'))

/**
 * Refuses who may not do something to a target: who may not even read the kind of thing learns nothing; who may read it
 * learns that the rest is not allowed.
 * @throws Failure `not-found` or `forbidden`
 */
export const requireRight = (member: Member, action: Action, target: Target): void => {
  if (may(member, action, target)) return
  throw may(member, `${groupOf(action)}.read` as Action, target) ? new Failure('forbidden') : notFound()
}
