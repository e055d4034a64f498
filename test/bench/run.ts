/** `npm run bench`: measures, writes `docs/bench/latest.md`, fails when a budget does not hold. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../infra/bundle/esbuildOptions.ts'
import { overBudget } from './budget.ts'
import { measureCapacity } from './capacity.ts'
import { type ColdRow, measureCold } from './cold.ts'
import { markdownOf, type Section } from './section.ts'

const runs = 15

const coldSection = (rows: readonly ColdRow[]): Section => ({
  title: 'Size and cold start',
  columns: ['Function', 'Bytes', 'Cold ratio'],
  rows: rows
    .toSorted((a, b) => b.coldRatio - a.coldRatio)
    .map(({ name, bytes, coldRatio }) => [name, bytes, coldRatio.toFixed(2)]),
})

const preface = `# Bench

Written by \`npm run bench\` on Node ${process.version}, ${process.platform} ${process.arch}. Bytes are minified code, SDK included. The cold ratio
is import plus first DynamoDB call in a fresh process, the median of ${runs} runs, where the bare SDK bundle of the same session is 1.00.
`

const rows = await measureCold({ runs })
const sections = [coldSection(rows), ...(await measureCapacity())]
const report = [preface, ...sections.map(markdownOf)].join('\n')
await mkdir(join(root, 'docs/bench'), { recursive: true })
await writeFile(join(root, 'docs/bench/latest.md'), report)
console.log(report)

const failures = [...overBudget(rows), ...sections.flatMap(({ failures = [] }) => failures)]
for (const failure of failures) console.error(`Does not hold: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
