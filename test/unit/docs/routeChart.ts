import type { Access, RouteDeclaration } from '../../../shared/api/declaration.ts'

const columns = ['Route', 'Who may', 'Depth', 'Calls', 'Read units', 'Write units']
/** Columns from here on hold numbers. */
const firstNumber = 2

const who = (access: Access): string => {
  if (access.kind === 'member') return `\`${access.action}\``
  return { public: 'anybody', refresh: 'refresh token', session: 'signed in' }[access.kind]
}

/** Every route with its budget as one Markdown table, lined up as Biome does it, in the order of the declarations. */
export const routeChart = (routes: readonly RouteDeclaration[]): string => {
  const rows = routes.map(({ method, path, access, budget: { depth, calls, readUnits, writeUnits } }) =>
    [`\`${method} ${path}\``, who(access), depth, calls, readUnits, writeUnits].map(String),
  )
  const widths = columns.map((_, n) => Math.max(...[columns, ...rows].map((row) => row[n]?.length ?? 0)))
  const pad = (cell: string, n: number) =>
    n < firstNumber ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = widths.map((width, n) => (n < firstNumber ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(columns.map(pad)), line(rule), ...rows.map((row) => line(row.map(pad)))].join('\n')
}
