import type { RouteDeclaration } from './declaration.ts'
import { bodyProblems, commonProblems, type ProblemCode } from './problems.ts'
import { scopeOf } from './scopes.ts'

const ofAccess: Record<RouteDeclaration['access']['kind'], readonly ProblemCode[]> = {
  public: [],
  refresh: ['unauthenticated'],
  session: ['unauthenticated'],
  member: ['unauthenticated', 'forbidden', 'not-found'],
}

/** Every problem a route may answer: its own, and those that follow from who may call it and what it takes. */
export const problemsOf = (route: RouteDeclaration): readonly ProblemCode[] => {
  const sharesCookie = route.refreshCookie?.some((use) => use !== 'cleared')
  const takesParams = route.path.includes('{')
  const all: ProblemCode[] = [
    ...commonProblems,
    ...(route.body === undefined ? [] : bodyProblems),
    ...ofAccess[route.access.kind],
    ...(scopeOf(route) === undefined ? [] : (['insufficient-scope'] as const)),
    ...(sharesCookie ? (['cross-site'] as const) : []),
    ...(takesParams ? (['not-found'] as const) : []),
    ...route.problems,
  ]
  return [...new Set(all)]
}
