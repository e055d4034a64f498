/** One table of the report. */
export interface Section {
  readonly title: string
  /** What the figures mean and how they came about. */
  readonly note?: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  /** One sentence for each figure that breaks a promise. */
  readonly failures?: readonly string[]
}

/** The section as Markdown: a heading and a table whose columns line up. */
export function markdownOf({ title, note, columns, rows }: Section): string {
  const cells = [columns, ...rows].map((row) => row.map(String))
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0), 3))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`
  const [head = [], ...body] = cells
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [`## ${title}`, '', ...(note ? [note, ''] : []), line(head), rule, ...body.map(line), ''].join('\n')
}

const pad = (cell: string, width: number, column: number): string =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width)
