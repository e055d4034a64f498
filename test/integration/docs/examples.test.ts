import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type Example, examplesOf, withoutChance } from './examples.ts'

const root = join(import.meta.dirname, '../../..')
const examples = ['README.md', 'docs/api.md'].flatMap((page) =>
  examplesOf(page, readFileSync(join(root, page), 'utf8')),
)

/** Starts the product as `npm start` does, on a port and in a folder of its own. */
const startProduct = async () => {
  const data = mkdtempSync(join(tmpdir(), 'duely-docs-'))
  const args = [join(root, 'local/start.ts'), '--port', '0', '--data', data]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const baseUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const [, url] = /API\s+(http:\S+)\/v1/.exec(said) ?? []
      if (url !== undefined) resolve(url)
    })
    child.once('exit', () => reject(new Error(`it ended: ${said}`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(data, { recursive: true })
  }
  return { baseUrl, stop }
}

const divider = '--- next example ---'

/**
 * The pages sleep where the reader has to wait for what follows from a write. Here the wait ends when the task
 * changed last has its history and can be found by its human id.
 */
const sleepUntilCaughtUp = `
number() { grep -o "\\"$1\\":[0-9]*" | head -1 | grep -o '[0-9]*$'; }
caught_up() {
  local row id
  row=$(call "$TASKS?sort=updated&direction=desc&limit=1") && id=$(field id <<< "$row")
  call "$W/task-keys/$(field key <<< "$row")" | grep -q "$id" || return 1
  [ "$(call "$W/tasks/$id" | number version)" = "$(call "$W/tasks/$id/history?limit=1" | number taskVersion)" ]
}
sleep() { until caught_up; do command sleep 0.05; done; }
`

/** Runs the examples in one shell, as a reader does who types them one after the other; what each printed. */
const run = async (all: readonly Example[], baseUrl: string): Promise<string[]> => {
  const script = all.map(({ code }) => code).join(`\necho; echo '${divider}'\n`)
  const shell = sleepUntilCaughtUp + script.replaceAll('http://127.0.0.1:8787', baseUrl)
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', shell], { timeout: 40_000 })
  return stdout.split(divider)
}

/** The pages are for readers who have these two; the tests must pass where only Node is. */
const hasShell = spawnSync('bash', ['-c', 'command -v curl']).status === 0
const name = 'the examples of README and API guide do what the pages say'

test.skipIf(!hasShell)(hasShell ? name : `${name} [bash or curl is not here]`, async () => {
  const { baseUrl, stop } = await startProduct()
  const printed = await run(examples, baseUrl).finally(stop)
  expect(printed).toHaveLength(examples.length)
  const all = printed.join('')
  expect(all).toContain('"email":"ana@example.com"')
  expect(all).toContain('"key":"OPS-1","title":"Water the plants"')
  const expected = examples.flatMap((example, n) => (example.prints === undefined ? [] : [{ ...example, n }]))
  expect(expected.length).toBeGreaterThan(4)
  for (const { page, prints, kind, n } of expected) {
    expect(withoutChance(printed[n] ?? '', kind), `${page}: ${prints}`).toEqual(
      withoutChance(prints ?? '', kind),
    )
  }
})
