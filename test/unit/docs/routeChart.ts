import type { Access, RouteDeclaration } from '../../../shared/api/declaration.ts'

const columns = ['Route', 'Who may', 'Depth', 'Calls', 'Read units', 'Write units']

const who = (access: Access): string => {
  if (access.kind === 'member') return `\`${access.action}\``
  return { public: 'anybody', refresh: 'refresh token', session: 'signed in' }[access.kind]
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

/** Every route with its budget as one Markdown table, in the order of the declarations. */
export const routeChart = (routes: readonly RouteDeclaration[]): string =>
  [
    line(columns),
    line(['---', '---', '---:', '---:', '---:', '---:']),
    ...routes.map(({ method, path, access, budget: { depth, calls, readUnits, writeUnits } }) =>
      line([`\`${method} ${path}\``, who(access), depth, calls, readUnits, writeUnits]),
    ),
  ].join('\n')
