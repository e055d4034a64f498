/** What the gateway needs of a route declaration. */
export interface RoutePattern {
  readonly name: string
  readonly method: string
  readonly path: string
}

export interface RouteMatch {
  readonly name: string
  /** The declared path, with its parameters in braces. */
  readonly resource: string
  readonly pathParameters: Record<string, string> | null
}

/**
 * Finds the route of a request as API Gateway does: method and number of segments agree, and of several
 * candidates the one wins that has a literal segment where the others have a parameter, looked at from the
 * left. `undefined` for no route.
 */
export function matchRoute(
  routes: readonly RoutePattern[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const segments = segmentsOf(path)
  const candidates = routes.filter(
    (route) => route.method === method && fits(segmentsOf(route.path), segments),
  )
  const [best] = candidates.sort((one, other) => rank(one).localeCompare(rank(other)))
  if (best === undefined) return undefined
  return {
    name: best.name,
    resource: best.path,
    pathParameters: parametersOf(segmentsOf(best.path), segments),
  }
}

const segmentsOf = (path: string): string[] => path.split('/').slice(1)
const parameterIn = (segment: string): string | undefined => /^\{(.+)\}$/.exec(segment)?.[1]

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, index) =>
    parameterIn(part) === undefined ? part === segments[index] : segments[index] !== '',
  )

/** Sorts literal segments before parameters. */
const rank = ({ path }: RoutePattern): string =>
  segmentsOf(path)
    .map((segment) => (parameterIn(segment) === undefined ? '0' : '1'))
    .join('')

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  const entries = pattern.flatMap((part, index) => {
    const name = parameterIn(part)
    return name === undefined ? [] : [[name, segments[index] ?? ''] as const]
  })
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
